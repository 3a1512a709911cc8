package dev.firn.cli.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.cli.help.Paragraph;
import dev.firn.plan.IndentedJson;
import dev.firn.spi.inspection.TableCheck;
import dev.firn.spi.inspection.TableCheck.Finding;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether all of a table is there. */
public record VerifyPage(TableCheck check) {

    /** So many numbers of snapshots are shown to people. */
    private static final int MOST_SNAPSHOTS = 4;

    /** And so many findings of a kind. */
    private static final int MOST_OF_A_KIND = 20;

    public String text() {
        TableCheck.Looked looked = check.looked();
        StringBuilder text = new StringBuilder(check.table().full())
                .append(
                        check.isWhole()
                                ? check.unasked().isEmpty() ? ": all is there" : ": what could be looked at is there"
                                : ": " + Figures.count(check.findings().size(), "fault"))
                .append("\n  looked at ")
                .append(Figures.count(looked.snapshots(), "snapshot"))
                .append(", ")
                .append(Figures.count(looked.manifests(), "manifest"))
                .append(", ")
                .append(Figures.count(looked.files(), "file"))
                .append(looked.footers() > 0 ? " and what each says of itself" : "")
                .append('\n');
        if (looked.uncounted() > 0) {
            text.append(Paragraph.wrapped(
                            Figures.count(looked.uncounted(), "snapshot")
                                    + " did not say how many files there should be: whether a manifest list has lost its"
                                    + " end is not known",
                            "  ",
                            "  "))
                    .append('\n');
        }
        Map<String, Integer> kinds = new TreeMap<>();
        for (Finding finding : check.findings()) {
            if (kinds.merge(finding.kind(), 1, Integer::sum) <= MOST_OF_A_KIND) {
                text.append('\n').append(words(finding));
            }
        }
        kinds.forEach((kind, count) -> text.append(
                count > MOST_OF_A_KIND
                        ? String.format(
                                Locale.ROOT,
                                "\n  %,d more of %s; `--format json` has all\n",
                                count - MOST_OF_A_KIND,
                                kind)
                        : ""));
        check.unasked().stream().limit(MOST_OF_A_KIND).forEach(file -> text.append("\n  not known\n    ")
                .append(Figures.plain(file.path()))
                .append('\n')
                .append(Paragraph.wrapped("the storage did not say whether it is there: " + file.why(), "    ", "    "))
                .append('\n'));
        return text.toString();
    }

    private static String words(Finding finding) {
        return "  " + finding.kind() + "\n    " + Figures.plain(finding.path()) + "\n"
                + Paragraph.wrapped(finding.problem() + ": " + finding.meaning(), "    ", "    ") + "\n"
                + Paragraph.wrapped(hurt(finding), "    ", "    ") + "\n";
    }

    private static String hurt(Finding finding) {
        List<Long> snapshots = finding.snapshots();
        String shown = snapshots.stream()
                .skip(Math.max(0, snapshots.size() - MOST_SNAPSHOTS))
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        return (finding.isNow() ? "hurts the current snapshot" : "does not hurt the current snapshot")
                + (finding.refs().isEmpty() ? "" : "; hurts " + String.join(", ", finding.refs())) + "; in all "
                + (snapshots.size() > MOST_SNAPSHOTS
                        ? String.format(Locale.ROOT, "%,d snapshots, the newest are %s", snapshots.size(), shown)
                        : Figures.count(snapshots.size(), "snapshot") + ": " + shown);
    }

    public String json() {
        TableCheck.Looked looked = check.looked();
        ObjectNode root = Json.versioned().put("table", check.table().full()).put("whole", check.isWhole());
        root.putObject("looked-at")
                .put("snapshots", looked.snapshots())
                .put("manifest-lists", looked.manifestLists())
                .put("manifests", looked.manifests())
                .put("files", looked.files())
                .put("footers", looked.footers())
                .put("uncounted-snapshots", looked.uncounted());
        ArrayNode findings = root.putArray("findings");
        for (Finding finding : check.findings()) {
            ObjectNode one = findings.addObject()
                    .put("kind", finding.kind())
                    .put("path", finding.path())
                    .put("problem", finding.problem())
                    .put("meaning", finding.meaning())
                    .put("current", finding.isNow());
            finding.snapshots().forEach(one.putArray("snapshots")::add);
            finding.refs().forEach(one.putArray("refs")::add);
        }
        ArrayNode unasked = root.putArray("not-known");
        check.unasked()
                .forEach(file -> unasked.addObject().put("path", file.path()).put("why", file.why()));
        return IndentedJson.text(root);
    }
}
