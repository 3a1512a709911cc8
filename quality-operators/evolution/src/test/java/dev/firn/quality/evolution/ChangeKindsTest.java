package dev.firn.quality.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.ChangeKind;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.evolution.SchemaLineage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stories of a table, one file each. The head has the versions of the subject and what the policy says beside its defaults; below
 * stands what happens as rows of the versions come, in the order that {@code rows of} names; the table is made of the first.
 */
class ChangeKindsTest {

    private static final Path STORIES = Path.of("src/test/resources/stories");

    static List<Path> stories() throws IOException {
        try (Stream<Path> files = Files.list(STORIES)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("stories")
    void aStoryEndsAsItsFileSays(Path file) throws IOException {
        String text = Files.readString(file);
        String head = text.contains("\n\n") ? text.substring(0, text.indexOf("\n\n")) : text.stripTrailing();
        String told = head + "\n\n" + told(head.lines().toList());
        if ("write".equals(System.getProperty("firn.golden"))) {
            Files.writeString(file, told);
        }
        assertThat(Files.readString(file)).isEqualTo(told);
    }

    @Test
    void everyKindThatASchemaGoesThroughHasAStory() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : stories()) {
            all.append(Files.readString(file));
        }
        List<ChangeKind> ofTables = List.of(
                ChangeKind.TRUNCATE_TABLE, ChangeKind.DROP_TABLE, ChangeKind.RENAME_TABLE, ChangeKind.CHANGE_KEY);
        for (ChangeKind kind : ChangeKind.values()) {
            if (!ofTables.contains(kind)) {
                assertThat(all.toString()).contains("\n  " + kind.word() + " ");
            }
        }
    }

    private static String told(List<String> head) {
        Map<Integer, String> versions = new TreeMap<>();
        List<Integer> rows = new ArrayList<>();
        EditedTable made = null;
        Map<ChangeKind, Decision> decisions = new EnumMap<>(Policy.joining().decisions());
        for (String line : head) {
            if (line.startsWith("#")) {
                continue;
            }
            String word = line.substring(0, line.indexOf(':'));
            String rest = line.substring(line.indexOf(':') + 1).strip();
            if (word.matches("\\d+")) {
                versions.put(Integer.valueOf(word), rest);
            } else if (word.equals("rows of")) {
                for (String version : rest.split(" ")) {
                    rows.add(Integer.valueOf(version));
                }
            } else if (word.equals("table")) {
                made = EditedTable.unknown(Schemas.schema(rest));
            } else {
                decisions.put(
                        ChangeKind.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')),
                        Decision.valueOf(rest.toUpperCase(Locale.ROOT).replace('-', '_')));
            }
        }
        String[] texts = versions.values().toArray(String[]::new);
        EditedTable table = made == null ? EditedTable.madeOf(Schemas.schema(texts[rows.remove(0) - 1])) : made;
        return story(table, new EvolutionPolicy(decisions), rows, texts);
    }

    private static String story(EditedTable table, EvolutionPolicy policy, List<Integer> rows, String... versions) {
        StringBuilder story = new StringBuilder("table: " + Told.of(table.state()) + "\n");
        for (int row : rows) {
            SchemaLineage lineage = Schemas.version(row, versions);
            story.append("rows of ").append(row).append('\n');
            story.append(Told.of(table.meet(policy, lineage)));
            story.append("table: ").append(Told.of(table.state())).append('\n');
        }
        return story.toString();
    }
}
