package dev.firn.quality.validation;

import static dev.firn.quality.validation.Versions.LISTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.definition.table.Otherwise;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.LeftOut;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.rule.RowRule;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShapedReaderTest {

    private static final Column ID = Column.required("id", Primitive.LONG);
    private static final Column AMOUNT = Column.optional("amount", Primitive.INT);
    private static final Column CUST = Column.optional("cust", Primitive.STRING);
    private static final Column CLIENT = Column.optional("client", Primitive.STRING);
    private static final Column CUSTOMER = Column.optional("customer_id", Primitive.STRING);
    private static final Column NOTE = Column.optional("note", Primitive.STRING);

    private static Column[] version(Column... columns) {
        return columns;
    }

    private static RowRules rules(@Nullable String where, RowShape shape, RowRule... expect) {
        return new RowRules(
                where,
                List.of(expect),
                ShapedColumns.planned(shape, shape.columns()).schema(),
                shape);
    }

    private static RowShape shape(List<String> drop, Map<String, String> rename, Column... planned) {
        return new RowShape(
                List.of(),
                drop,
                rename.entrySet().stream()
                        .map(one -> new RowShape.Renamed(one.getKey(), one.getValue()))
                        .toList(),
                new TableSchema(List.of(planned)));
    }

    private static FormatReader reader(Versions versions, RowShape shape) {
        return RuledReader.of(versions, "orders", rules(null, shape));
    }

    /** As it is bound to a table that has the columns of that version, as evolution sees it. */
    private static WriterView view(FormatReader reader, int version) throws Rejected {
        WriterSchema written = reader.written(version).orElseThrow();
        Map<String, String> columns = new HashMap<>();
        written.fields().forEach(path -> columns.put(path, path));
        return WriterView.of(written.columns(), written, columns);
    }

    private static List<String> names(WriterSchema schema) {
        return schema.columns().columns().stream().map(Column::name).toList();
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    @Test
    void aTableHasNoneOfWhatIsDroppedAndOtherNames() throws Rejected {
        Versions versions = new Versions(version(ID, CUST, NOTE, AMOUNT));
        FormatReader reader =
                reader(versions, shape(List.of("note"), Map.of("cust", "customer_id"), ID, CUST, NOTE, AMOUNT));

        assertThat(reader.written(0).orElseThrow().columns().columns()).containsExactly(ID, CUSTOMER, AMOUNT);
        assertThat(reader.lineages(0, "orders")).singleElement().satisfies(lineage -> assertThat(lineage.schema())
                .isEqualTo(reader.written(0).orElseThrow()));
        assertThat(reader.decoder(0, view(reader, 0), LISTS).decode(versions.record(1L, "ann", "secret", 5)))
                .isEqualTo(row(1L, "ann", 5));
        assertThat(reader.projection(0, view(reader, 0), LISTS).decode(versions.record(1L, "ann", "secret", 5)))
                .isEqualTo(row(1L, "ann", 5));
    }

    @Test
    void whatAProducerRenamesIsStillTheSameColumn() throws Rejected {
        Versions versions = new Versions(version(ID, CUST)).add(Map.of("client", "cust"), ID, CLIENT);

        for (String name : List.of("cust", "client")) {
            Column planned = name.equals("cust") ? CUST : CLIENT;
            FormatReader renaming = reader(versions, shape(List.of(), Map.of(name, "customer_id"), ID, planned));
            FormatReader dropping = reader(versions, shape(List.of(name), Map.of(), ID, planned));
            for (int version : List.of(0, 1)) {
                assertThat(names(renaming.written(version).orElseThrow()))
                        .as(name + " in version " + version)
                        .containsExactly("id", "customer_id");
                assertThat(names(dropping.written(version).orElseThrow()))
                        .as(name + " in version " + version)
                        .containsExactly("id");
                assertThat(renaming.decoder(version, view(renaming, version), LISTS)
                                .decode(versions.record(1L, "ann")))
                        .isEqualTo(row(1L, "ann"));
            }
            SchemaLineage lineage = renaming.lineages(0, "orders").get(0);
            assertThat(lineage.versions())
                    .containsExactly(
                            renaming.written(0).orElseThrow(),
                            renaming.written(1).orElseThrow());
            assertThat(lineage.number(lineage.schema())).hasValue(1);
            assertThat(lineage.versions().get(1).formerNames().getOrDefault("customer_id", List.of()))
                    .doesNotContain("customer_id");
        }
    }

    @Test
    void aRenameOverTwoVersionsIsFollowedBothWays() throws Rejected {
        Column buyer = Column.optional("buyer", Primitive.STRING);
        Versions versions = new Versions(version(ID, CUST))
                .add(Map.of("client", "cust"), ID, CLIENT)
                .add(Map.of("buyer", "client"), ID, buyer);

        FormatReader newest = reader(versions, shape(List.of("buyer"), Map.of(), ID, buyer));
        FormatReader oldest = reader(versions, shape(List.of("cust"), Map.of(), ID, CUST));

        assertThat(names(newest.written(0).orElseThrow())).containsExactly("id");
        assertThat(names(oldest.written(2).orElseThrow())).containsExactly("id");
    }

    @Test
    void aColumnThatTheFileKnowsIsNobodyElsesPast() throws Rejected {
        Versions versions = new Versions(version(ID, CUST))
                .add(Map.of("client", "cust"), ID, CLIENT, CUST)
                .add(Map.of("client", "cust"), ID, CLIENT);
        FormatReader reader = reader(versions, shape(List.of("cust"), Map.of(), ID, CLIENT, CUST));

        assertThat(names(reader.written(1).orElseThrow())).containsExactly("id", "client");
        assertThat(names(reader.written(2).orElseThrow())).containsExactly("id", "client");

        FormatReader renaming = reader(versions, shape(List.of(), Map.of("cust", "customer_id"), ID, CLIENT, CUST));
        assertThat(names(renaming.written(2).orElseThrow())).containsExactly("id", "client");
        assertThat(renaming.written(2).orElseThrow().formerNames()).isEqualTo(Map.of("client", List.of("customer_id")));
    }

    @Test
    void whereAndRulesHaveTheirOwnSidesOfIt() throws Rejected {
        Versions versions = new Versions(version(ID, CUST, NOTE));
        RowShape shape = shape(List.of("note"), Map.of("cust", "customer_id"), ID, CUST, NOTE);
        FormatReader reader = RuledReader.of(
                versions,
                "orders",
                rules(
                        "note <> 'TEST' and cust <> 'bob'",
                        shape,
                        new RowRule("known", "customer_id <> 'cid'", Otherwise.DROP)));
        WriterView view = view(reader, 0);

        assertThat(reader.decoder(0, view, LISTS).decode(versions.record(1L, "ann", "real")))
                .isEqualTo(row(1L, "ann"));
        assertThat(reader.decoder(0, view, LISTS).decode(versions.record(2L, "ann", "TEST")))
                .isEqualTo(LeftOut.FILTERED);
        assertThat(reader.decoder(0, view, LISTS).decode(versions.record(3L, "bob", "real")))
                .isEqualTo(LeftOut.FILTERED);
        assertThat(reader.decoder(0, view, LISTS).decode(versions.record(4L, "cid", "real")))
                .isEqualTo(LeftOut.by("known"));
    }

    @Test
    void aVersionThatHasLostWhatWhereReadsIsNotFiltered() throws Rejected {
        Versions versions = new Versions(version(ID), version(ID, NOTE), version(ID, AMOUNT));
        FormatReader reader = RuledReader.of(
                versions, "orders", rules("coalesce(note, '') <> 'TEST'", shape(List.of("note"), Map.of(), ID, NOTE)));

        assertThat(reader.decoder(0, view(reader, 0), LISTS).decode(versions.record(1L)))
                .as("older than the column")
                .isEqualTo(row(1L));
        WriterView lost = view(reader, 2);
        assertThat(catchThrowableOfType(Rejected.class, () -> reader.decoder(2, lost, LISTS)))
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo(RejectCode.EXPRESSION_FAILED))
                .hasMessageContaining("`where` can't be asked: the record's schema does not have `note`");
    }

    @Test
    void whatIsDroppedHasNoDefaultInATableOfBefore() throws Rejected {
        Versions versions = new Versions(version(ID, NOTE)).withDefault("note", "from the newest version");
        FormatReader reader = reader(versions, shape(List.of("note"), Map.of(), ID, NOTE));
        WriterSchema written = reader.written(0).orElseThrow();
        TableSchema before = new TableSchema(List.of(ID, NOTE));
        TableSchema strict = new TableSchema(List.of(ID, Column.required("note", Primitive.STRING)));

        assertThat(reader.decoder(0, WriterView.of(before, written, Map.of("id", "id")), LISTS)
                        .decode(versions.record(1L, "secret")))
                .isEqualTo(row(1L, null));
        assertThat(catchThrowableOfType(
                        Rejected.class,
                        () -> reader.decoder(0, WriterView.of(strict, written, Map.of("id", "id")), LISTS)))
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo(RejectCode.MISSING_REQUIRED_COLUMN))
                .hasMessage("the table requires `note`, which the file takes out of records");
    }

    @Test
    void whatIsRenamedHasTheDefaultOfTheRecordsField() throws Rejected {
        Versions versions = new Versions(version(ID), version(ID, CUST)).withDefault("cust", "nobody");
        FormatReader reader = reader(versions, shape(List.of(), Map.of("cust", "customer_id"), ID, CUST));
        TableSchema table = new TableSchema(List.of(ID, CUSTOMER));

        assertThat(reader.decoder(0, WriterView.of(table, reader.written(0).orElseThrow(), Map.of("id", "id")), LISTS)
                        .decode(versions.record(1L)))
                .isEqualTo(row(1L, "nobody"));
    }

    @Test
    void aVersionThatTakesANewNameIsRefusedAndTheOthersAreNot() throws Rejected {
        Versions versions = new Versions(version(ID, CUST), version(ID, CUST, CUSTOMER));
        FormatReader reader = reader(versions, shape(List.of(), Map.of("cust", "customer_id"), ID, CUST));

        assertThat(catchThrowableOfType(Rejected.class, () -> reader.written(1)))
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo(RejectCode.SCHEMA_CHANGE_REFUSED))
                .hasMessageContaining("has a field `customer_id`, and the file gives that name to another column");
        assertThat(reader.lineages(0, "orders").get(0).versions())
                .containsExactly(reader.written(0).orElseThrow());
    }

    @Test
    void whatIsWithinAColumnGoesWithIt() throws Rejected {
        Column zip = Column.optional("zip", Primitive.STRING);
        Column postcode = Column.optional("postcode", Primitive.STRING);
        Column address = Column.optional("address", new ColumnType.Struct(List.of(zip)));
        Versions versions = new Versions(version(ID, address))
                .add(
                        Map.of("address.postcode", "zip"),
                        ID,
                        Column.optional("address", new ColumnType.Struct(List.of(postcode))));
        FormatReader reader = reader(versions, shape(List.of(), Map.of("address", "home"), ID, address));

        WriterSchema second = reader.written(1).orElseThrow();
        assertThat(second.fields()).containsExactly("id", "home", "home.postcode");
        assertThat(second.formerNames()).isEqualTo(Map.of("home.postcode", List.of("zip")));

        TableSchema table = new TableSchema(List.of(ID, Column.optional("home", new ColumnType.Struct(List.of()))));
        assertThat(reader.decoder(
                                0,
                                WriterView.of(
                                        table, reader.written(0).orElseThrow(), Map.of("id", "id", "home", "home")),
                                LISTS)
                        .decode(versions.record(1L, row())))
                .as("a field that is left out of a struct")
                .isEqualTo(row(1L, row()));
    }

    @Test
    void recordsThatNameNoSchemaHaveThePlannedOne() throws Rejected {
        Versions versions = new Versions(version(ID, CUST, NOTE)).unknown();
        FormatReader reader = reader(versions, shape(List.of("note"), Map.of("cust", "customer_id"), ID, CUST, NOTE));
        TableSchema table = new TableSchema(List.of(ID, CUSTOMER, AMOUNT));

        assertThat(reader.written(0)).isEmpty();
        assertThat(reader.decoder(0, table, LISTS).decode(versions.record(1L, "ann", "secret")))
                .isEqualTo(row(1L, "ann", null));
        assertThat(reader.projection(0, new TableSchema(List.of(CUSTOMER)), LISTS)
                        .decode(versions.record(1L, "ann", "secret")))
                .isEqualTo(row("ann"));
    }
}
