package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.table.Decision;
import dev.firn.plan.testing.Foreseeing;
import dev.firn.plan.testing.Plans;
import dev.firn.spi.evolution.Decided;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.evolution.SchemaChange;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A plan says of a table that is there what the running job will do to it. */
class ForeseenDriftTest {

    private static final String TABLE = "there.orders_with_shop";
    private static final Decided ADDED =
            decided(new SchemaChange.AddColumn("more", Column.optional("more", Primitive.INT)), Decision.APPLY);

    /** Which of the fields goes where is not told by a plan. */
    private static final WriterView NOTHING = new WriterView(new TableSchema(List.of()), Set.of());

    private final List<Foresight.Question> asked = new ArrayList<>();

    private static Decided decided(SchemaChange change, Decision decision) {
        return new Decided(change, decision);
    }

    @Test
    void saysEachChangeOfTheTableInWords() {
        assertThat(said(takes(
                        ADDED,
                        decided(new SchemaChange.RenameColumn("address.town", "city"), Decision.APPLY),
                        decided(new SchemaChange.WidenType("n", Primitive.INT, Primitive.LONG), Decision.APPLY),
                        decided(new SchemaChange.MakeOptional("note"), Decision.APPLY),
                        decided(new SchemaChange.DropColumn("shop", Primitive.STRING), Decision.KEEP_NULLABLE),
                        decided(new SchemaChange.DropColumn("till", Primitive.INT), Decision.APPLY))))
                .containsExactlyInAnyOrder(
                        "note[table-lacks-column] `there.orders_with_shop` lacks the column `more` of the stream's latest"
                                + " schema: its first record brings the column (`add-column: apply`)",
                        "note[table-lacks-column] `there.orders_with_shop` has the column `city`, which is `address.town` in"
                                + " the stream's latest schema: its first record renames the column (`rename-column:"
                                + " apply`)",
                        "note[column-type-differs] `n` is int in the table, but long in the stream's latest schema: its first"
                                + " record widens the column (`widen-type: apply`)",
                        "note[table-requires-column] `there.orders_with_shop` requires `note`, which may be null or missing"
                                + " in the stream's latest schema: its first record makes the column optional"
                                + " (`make-optional: apply`)",
                        "note[table-requires-column] `there.orders_with_shop` requires `shop`, which the stream's latest"
                                + " schema lacks: its first record makes the column optional (`drop-column:"
                                + " keep-nullable`)",
                        "note[column-not-in-schema] `there.orders_with_shop` has the column `till`, which the stream's latest"
                                + " schema lacks: its first record drops the column, and readers do not see its values"
                                + " any more (`drop-column: apply`)");
    }

    @Test
    void saysNothingOfWhatChangesNothing() {
        assertThat(said(takes(
                        decided(new SchemaChange.NarrowType("n", Primitive.LONG, Primitive.INT), Decision.IGNORE),
                        decided(new SchemaChange.AddSymbol("state", List.of("PAID")), Decision.APPLY),
                        decided(new SchemaChange.Reorder(""), Decision.IGNORE),
                        decided(new SchemaChange.DropColumn("till", Primitive.INT), Decision.KEEP_NULLABLE))))
                .isEmpty();
    }

    /** A refused schema is refused as a whole, so nothing that others would do comes to be. */
    @Test
    void saysOfARefusedSchemaOnlyWhyItIs() {
        Decided narrowed =
                decided(new SchemaChange.NarrowType("n", Primitive.LONG, Primitive.INT), Decision.QUARANTINE);

        assertThat(said(new Foreseen.Refuses(Decision.QUARANTINE, "not said", List.of(ADDED, narrowed))))
                .containsExactly(
                        "danger[column-type-differs] `n` is another in the stream's latest schema, long -> int: records of"
                                + " that schema go to quarantine (`narrow-type: quarantine`)");
        assertThat(said(new Foreseen.Refuses(Decision.QUARANTINE, "Iceberg does not go along", List.of(ADDED))))
                .containsExactly("danger[table-lacks-column] Iceberg does not go along: records of that schema go to"
                        + " quarantine");
    }

    @Test
    void asksOfTheStreamAndThePolicyOfTheTable() {
        said(takes());

        assertThat(asked).singleElement().satisfies(question -> {
            assertThat(question.source().name()).isEqualTo("kafka");
            assertThat(question.stream()).isEqualTo("orders");
            assertThat(question.table()).isEqualTo(new TableName(TABLE));
            assertThat(question.policy()).isEqualTo(EvolutionPolicy.usual());
        });
    }

    @Test
    void comparesColumnsWhereNobodyKnows() {
        PipelineDefinition definition = definition();

        assertThat(Plans.messages(Plans.checked(definition, new Foreseeing(Optional.empty(), asked))))
                .isNotEmpty()
                .isEqualTo(Plans.messages(Plans.checked(definition)));
    }

    private static Foreseen takes(Decided... decided) {
        return new Foreseen.Takes(new TableSchema(List.of()), NOTHING, List.of(decided));
    }

    private List<String> said(Foreseen foreseen) {
        Checked<PipelinePlan> planned = Plans.checked(definition(), new Foreseeing(Optional.of(foreseen), asked));
        return planned.diagnostics().stream().map(ForeseenDriftTest::words).toList();
    }

    private static String words(Diagnostic said) {
        return said.severity().word() + "[" + said.code().code() + "] " + said.message();
    }

    private static PipelineDefinition definition() {
        return Plans.definition("route: [{from: orders, to: " + TABLE + "}, {from: \"*\", to: sales.$stream}]");
    }
}
