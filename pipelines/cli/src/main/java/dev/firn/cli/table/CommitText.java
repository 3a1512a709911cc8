package dev.firn.cli.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.cli.help.Paragraph;
import dev.firn.cli.table.Listing.Kind;
import dev.firn.spi.inspection.TableDetails.Commit;
import dev.firn.spi.inspection.TableDetails.Progress;
import dev.firn.spi.inspection.TableDetails.Range;
import dev.firn.spi.inspection.TableDetails.Writer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table's snapshots, and what the pipelines that made them had read. */
final class CommitText {

    private static final Listing<Commit> COMMITS = new Listing<Commit>()
            .column("at", "at", Kind.TIME, Commit::at)
            .column("snapshot", "snapshot", Kind.ID, Commit::id)
            .hidden("parent", Kind.ID, Commit::parent)
            .column("operation", "operation", Kind.WORDS, Commit::operation)
            .column("+ rows", "rows-added", Kind.NUMBER, Commit::rowsAdded)
            .column("- rows", "rows-deleted", Kind.NUMBER, Commit::rowsDeleted)
            .column("+ files", "files-added", Kind.NUMBER, Commit::filesAdded)
            .column("- files", "files-deleted", Kind.NUMBER, Commit::filesDeleted)
            .hidden("in-line", Kind.ANSWER, Commit::isOnMain);

    private static final Listing<Range> RANGES = new Listing<Range>()
            .hidden("split", Kind.WORDS, Range::split)
            .hidden("from", Kind.ID, Range::from)
            .hidden("to", Kind.ID, Range::to)
            .hidden("read", Kind.NUMBER, Range::read);

    private static final String INDENT = "      ";

    private CommitText() {}

    static String of(List<Commit> commits) {
        return commits.isEmpty() ? "    none\n" : COMMITS.text(commits, CommitText::below);
    }

    private static String below(Commit commit) {
        StringBuilder lines = new StringBuilder();
        if (!commit.isOnMain()) {
            lines.append(INDENT).append("not in the line of the snapshot that is shown\n");
        }
        commit.writer()
                .ifPresent(writer -> lines.append(INDENT).append(words(writer)).append('\n'));
        commit.progress().ifPresent(progress -> lines.append(words(commit, progress)));
        return lines.toString();
    }

    private static String words(Writer writer) {
        return String.format(Locale.ROOT, "pipeline %s, run %,d, ", writer.pipeline(), writer.run())
                + epochs(writer.firstEpoch(), writer.lastEpoch())
                + writer.part().map(part -> ", part " + part).orElse("")
                + (writer.rewoundTo().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                ", a rewind to epoch %,d",
                                writer.rewoundTo().getAsLong())
                        : "");
    }

    private static String epochs(long first, long last) {
        return first == last
                ? String.format(Locale.ROOT, "epoch %,d", last)
                : String.format(Locale.ROOT, "epochs %,d to %,d", first, last);
    }

    private static String words(Commit commit, Progress progress) {
        boolean isMore = commit.writer()
                .filter(writer ->
                        progress.firstEpoch() < writer.firstEpoch() || progress.lastEpoch() > writer.lastEpoch())
                .isPresent();
        String of = isMore ? epochs(progress.firstEpoch(), progress.lastEpoch()) + " together: " : "";
        String outcomes = progress.outcomes().entrySet().stream()
                .map(outcome -> String.format(
                        Locale.ROOT,
                        "%,d %s",
                        outcome.getValue(),
                        outcome.getKey().replace('-', ' ')))
                .collect(Collectors.joining(", "));
        String sum = String.format(
                Locale.ROOT,
                "%sread %,d, of these %,d to this table; in all %s",
                of,
                progress.read(),
                progress.toTable(),
                outcomes.isEmpty() ? "nothing" : outcomes);
        String positions = progress.positions().stream()
                .map(range -> String.format(Locale.ROOT, "%s %,d..%,d", range.split(), range.from(), range.to()))
                .collect(Collectors.joining(", "));
        return Paragraph.wrapped(sum, INDENT, INDENT + "  ") + "\n"
                + (positions.isEmpty() ? "" : Paragraph.wrapped(positions, INDENT, INDENT + "  ") + "\n");
    }

    static void into(ArrayNode array, List<Commit> commits) {
        for (Commit commit : commits) {
            ObjectNode one = array.addObject();
            COMMITS.into(one, commit);
            commit.writer().ifPresent(writer -> {
                ObjectNode by = one.putObject("writer")
                        .put("pipeline", writer.pipeline())
                        .put("run", writer.run())
                        .put("first-epoch", writer.firstEpoch())
                        .put("last-epoch", writer.lastEpoch());
                writer.part().ifPresent(part -> by.put("part", part));
                writer.rewoundTo().ifPresent(to -> by.put("rewound-to", to));
            });
            commit.progress().ifPresent(progress -> {
                ObjectNode said = one.putObject("ledger")
                        .put("first-epoch", progress.firstEpoch())
                        .put("last-epoch", progress.lastEpoch())
                        .put("read", progress.read())
                        .put("to-table", progress.toTable());
                ObjectNode outcomes = said.putObject("outcomes");
                progress.outcomes().forEach(outcomes::put);
                RANGES.into(said.putArray("positions"), progress.positions());
            });
        }
    }
}
