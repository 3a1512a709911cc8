package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.selector.Selector;
import dev.firn.definition.selector.TableTemplate;
import dev.firn.definition.table.SchemaEvolutionOptions.Preset;
import dev.firn.plan.EvolutionSettings.Form;
import dev.firn.spi.schema.TableName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MadeTablesTest {

    private static final TableName VIEWS = new TableName("sales.views");

    private final List<MadeTables> made = List.of(
            new MadeTables(new TableTemplate("web.$by"), List.of()),
            new MadeTables(
                    new TableTemplate("sales.$by"),
                    List.of(new TableSettings(
                            Selector.parse("sales.*"),
                            null,
                            null,
                            new TreeMap<>(),
                            CommitSettings.NOTHING,
                            new EvolutionSettings(Form.WORD, Preset.LENIENT, new TreeMap<>()),
                            RuleSettings.NOTHING,
                            KeySettings.NOTHING))));

    @Test
    void whatHoldsForATableIsFoundOnce() {
        Optional<TableSettings.Effective> first = MadeTables.settings(made, VIEWS);

        assertThat(first).isPresent();
        assertThat(MadeTables.settings(made, VIEWS)).containsSame(first.orElseThrow());
        assertThat(MadeTables.settings(made, new TableName("crm.customers"))).isEmpty();
    }

    @Test
    void whatHoldsIsTheSameAfterSoManyNamesThatTheFirstAreForgotten() {
        Optional<TableSettings.Effective> first = MadeTables.settings(made, VIEWS);
        IntStream.range(0, MadeTables.MOST_KNOWN)
                .forEach(number -> MadeTables.settings(made, new TableName("sales.view_" + number)));

        Optional<TableSettings.Effective> later = MadeTables.settings(made, VIEWS);

        assertThat(later).isEqualTo(first);
        assertThat(later.orElseThrow()).isNotSameAs(first.orElseThrow());
    }

    @Test
    void anotherProcessFindsTheSame() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(made.get(1));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            MadeTables there = (MadeTables) in.readObject();

            assertThat(MadeTables.settings(List.of(there), VIEWS)).isEqualTo(MadeTables.settings(made, VIEWS));
        }
    }
}
