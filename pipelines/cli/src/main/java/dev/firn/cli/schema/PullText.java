package dev.firn.cli.schema;

import dev.firn.plan.Page;
import dev.firn.schema.folder.PullStep;
import dev.firn.schema.folder.PullStep.Action;
import dev.firn.schema.folder.SchemaPull;
import dev.firn.spi.source.Registration;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a pull has done, for people: the schemas that are new or changed, and what has changed in them. */
public final class PullText {

    private PullText() {}

    /** @param file the pipeline file, for the command that is likely next */
    public static String write(Path folder, SchemaPull pull, String file) {
        List<PullStep> told = pull.steps().stream()
                .filter(step -> step.action() != Action.NOTHING)
                .toList();
        int others = pull.steps().size() - told.size();
        StringBuilder text = new StringBuilder();
        List<String> heads = Page.aligned(told.stream().map(PullText::head).toList());
        for (int index = 0; index < told.size(); index++) {
            text.append(heads.get(index))
                    .append('\n')
                    .append(ChangeLines.of(told.get(index).changes(), "  "));
        }
        if (others > 0 || told.isEmpty()) {
            text.append(told.isEmpty() ? "" : "\n").append(unchanged(others)).append('\n');
        }
        return pull.isNothing()
                ? text.toString()
                : text.append("\nwritten to `")
                        .append(folder)
                        .append("`; next: firn plan --offline ")
                        .append(file)
                        .append('\n')
                        .toString();
    }

    private static String unchanged(int schemas) {
        return schemas == 0 ? "nothing to pull" : "nothing new in " + schemas + (schemas == 1 ? " schema" : " schemas");
    }

    private static List<String> head(PullStep step) {
        Registration registration = step.schema().registration();
        return List.of(
                registration.subject(),
                version(step),
                switch (step.action()) {
                    case ADD -> "new, as " + step.schema().file();
                    case CHANGE -> step.text().isPresent() ? "changed" : "the same schema";
                    case NOTHING -> "nothing new";
                    case KEEP -> "no stream reads it any more; `--prune` removes "
                            + step.schema().file();
                    case REMOVE -> "no stream reads it any more; removed";
                });
    }

    private static String version(PullStep step) {
        String now = number(Optional.of(step.schema().registration()));
        String was = number(step.was());
        return was.isEmpty() || was.equals(now) ? "version " + now : "version " + was + " -> " + now;
    }

    private static String number(Optional<Registration> registration) {
        return registration
                .map(known -> known.version().isPresent() ? "" + known.version().getAsInt() : "unknown")
                .orElse("");
    }
}
