package dev.firn.cli.schema;

import dev.firn.plan.Page;
import dev.firn.schema.compare.SchemaChange;
import java.util.List;
import java.util.stream.Collectors;

/** Changes of a schema, one a line: kind, path, what was and is. */
final class ChangeLines {

    private ChangeLines() {}

    static String of(List<SchemaChange> changes, String indent) {
        return Page.aligned(changes.stream()
                        .map(change -> List.of(
                                change.kind().word(), change.path().isEmpty() ? "." : change.path(), change.detail()))
                        .toList())
                .stream()
                .map(line -> indent + line + "\n")
                .collect(Collectors.joining());
    }
}
