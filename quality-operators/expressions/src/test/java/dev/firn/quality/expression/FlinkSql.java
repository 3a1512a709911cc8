package dev.firn.quality.expression;

import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Decimal;
import dev.firn.spi.schema.ColumnType.ListOf;
import dev.firn.spi.schema.ColumnType.MapOf;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.ColumnType.Struct;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.runtime.typeutils.ExternalTypeInfo;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;

/** Flink SQL, asked what expressions are for the sample rows. */
final class FlinkSql {

    private final StreamExecutionEnvironment jobs = StreamExecutionEnvironment.createLocalEnvironment(1);
    private final StreamTableEnvironment flink;

    FlinkSql() {
        jobs.setRuntimeMode(RuntimeExecutionMode.BATCH);
        flink = StreamTableEnvironment.create(jobs);
        flink.getConfig().setLocalTimeZone(ZoneId.of("UTC"));
        List<@Nullable Object[]> rows = SampleRows.all();
        view("sample_rows", rows);
    }

    private void view(String name, List<@Nullable Object[]> rows) {
        List<Field> fields = new ArrayList<>(List.of(DataTypes.FIELD("nth", DataTypes.INT())));
        for (Column column : SampleRows.SCHEMA.columns()) {
            fields.add(DataTypes.FIELD(column.name(), type(column.type())));
        }
        List<Row> values = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            List<@Nullable Object> cells = new ArrayList<>(List.of(i));
            for (int c = 0; c < rows.get(i).length; c++) {
                cells.add(value(SampleRows.SCHEMA.columns().get(c).type(), rows.get(i)[c]));
            }
            values.add(Row.of(cells.toArray()));
        }
        DataType type = DataTypes.ROW(fields.toArray(Field[]::new)).notNull();
        flink.createTemporaryView(name, flink.fromDataStream(jobs.fromCollection(values, ExternalTypeInfo.of(type))));
    }

    /** What each is, in the order of the expressions; those that Firn has no value for in some row are asked for by themselves. */
    List<Answers> ask(List<String> expressions) {
        Map<String, Answers> answers = new HashMap<>();
        List<String> together = new ArrayList<>();
        for (String text : expressions.stream().filter(this::accepts).toList()) {
            if (Answers.of(text).values().contains(Answers.FAILED)) {
                answers.put(text, alone(text));
            } else {
                together.add(text);
            }
        }
        answer(together).forEach(answer -> answers.put(answer.expression(), answer));
        return expressions.stream()
                .map(text -> answers.getOrDefault(text, new Answers(text, "refused", List.of())))
                .toList();
    }

    private boolean accepts(String expression) {
        try {
            flink.explainSql("select " + expression + " from sample_rows");
            return true;
        } catch (Exception | AssertionError e) { // its planner throws either
            return false;
        }
    }

    private List<Answers> answer(List<String> expressions) {
        try {
            return run(expressions, "sample_rows");
        } catch (Exception | AssertionError e) { // its planner throws either
            if (expressions.size() > 1) {
                int half = expressions.size() / 2;
                List<Answers> both = new ArrayList<>(answer(expressions.subList(0, half)));
                both.addAll(answer(expressions.subList(half, expressions.size())));
                return both;
            }
            return List.of(alone(expressions.get(0)));
        }
    }

    /** Where it fails, once more without the rows for which Firn fails. */
    private Answers alone(String expression) {
        try {
            return run(List.of(expression), "sample_rows").get(0);
        } catch (Exception | AssertionError e) { // the same
            return withoutFailing(expression);
        }
    }

    private Answers withoutFailing(String expression) {
        String type = word(flink.sqlQuery("select " + expression + " from sample_rows")
                .getResolvedSchema()
                .getColumnDataTypes()
                .get(0));
        List<String> ours = Answers.of(expression).values();
        List<String> answers = new ArrayList<>(ours);
        String rest = IntStream.range(0, ours.size())
                .filter(i -> !ours.get(i).equals(Answers.FAILED))
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(", "));
        if (rest.isEmpty() || ours.size() < SampleRows.all().size() || !ours.contains(Answers.FAILED)) {
            return new Answers(expression, type, List.of("fails for some row"));
        }
        try {
            List<String> others = run(List.of(expression), "sample_rows where nth in (" + rest + ")")
                    .get(0)
                    .values();
            int next = 0;
            for (int i = 0; i < answers.size(); i++) {
                if (!ours.get(i).equals(Answers.FAILED)) {
                    answers.set(i, others.get(next++));
                }
            }
            return new Answers(expression, type, answers);
        } catch (Exception | AssertionError e) { // the same
            return new Answers(expression, type, List.of("fails for some row"));
        }
    }

    private List<Answers> run(List<String> expressions, String from) throws Exception {
        StringBuilder select = new StringBuilder("select nth");
        for (int i = 0; i < expressions.size(); i++) {
            select.append(", ").append(expressions.get(i)).append(" as x").append(i);
        }
        TableResult result = flink.executeSql(select + " from " + from);
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> each = result.collect()) {
            each.forEachRemaining(rows::add);
        }
        rows.sort(Comparator.comparing(row -> (Integer) java.util.Objects.requireNonNull(row.getField(0))));
        List<DataType> types = result.getResolvedSchema().getColumnDataTypes();
        List<Answers> answers = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            int column = i + 1;
            answers.add(new Answers(
                    expressions.get(i),
                    word(types.get(column)),
                    rows.stream()
                            .map(row -> Answers.print(row.getField(column)))
                            .toList()));
        }
        return answers;
    }

    private static String word(DataType type) {
        String sql = type.getLogicalType().asSerializableString().replace(" NOT NULL", "");
        return sql.replaceAll("CHAR\\(\\d+\\)|VARCHAR\\(\\d+\\)", "string")
                .replaceAll("BINARY\\(\\d+\\)|VARBINARY\\(\\d+\\)", "binary")
                .replaceAll("TIMESTAMP\\(\\d\\) WITH LOCAL TIME ZONE", "timestamptz")
                .replaceAll("TIMESTAMP\\(\\d\\)", "timestamp")
                .replaceAll("TIME\\(\\d\\)", "time")
                .replace("VARstring", "string")
                .replace("VARbinary", "binary")
                .replace("BIGINT", "long")
                .replace("ARRAY<", "LIST<")
                .replaceAll("TINYINT|SMALLINT", "int")
                .toLowerCase(java.util.Locale.ROOT);
    }

    private static DataType type(ColumnType type) {
        if (type instanceof Decimal decimal) {
            return DataTypes.DECIMAL(decimal.precision(), decimal.scale());
        }
        if (type instanceof ListOf list) {
            return DataTypes.ARRAY(type(list.element()));
        }
        if (type instanceof MapOf map) {
            return DataTypes.MAP(DataTypes.STRING(), type(map.value()));
        }
        if (type instanceof Struct struct) {
            return DataTypes.ROW(struct.columns().stream()
                    .map(column -> DataTypes.FIELD(column.name(), type(column.type())))
                    .toArray(Field[]::new));
        }
        return switch ((Primitive) type) {
            case BOOLEAN -> DataTypes.BOOLEAN();
            case INT -> DataTypes.INT();
            case LONG -> DataTypes.BIGINT();
            case FLOAT -> DataTypes.FLOAT();
            case DOUBLE -> DataTypes.DOUBLE();
            case STRING, UUID -> DataTypes.STRING();
            case BINARY -> DataTypes.BYTES();
            case DATE -> DataTypes.DATE();
            case TIME -> DataTypes.TIME(3);
            case TIMESTAMP -> DataTypes.TIMESTAMP(6);
            case TIMESTAMPTZ -> DataTypes.TIMESTAMP_LTZ(6);
        };
    }

    private static @Nullable Object value(ColumnType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (type instanceof Struct struct) {
            List<?> fields = (List<?>) value;
            Object[] cells = new Object[fields.size()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = value(struct.columns().get(i).type(), fields.get(i));
            }
            return Row.of(cells);
        }
        if (type instanceof ListOf) {
            return ((List<?>) value).toArray(new Integer[0]);
        }
        if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return copy;
        }
        return value instanceof OffsetDateTime instant ? instant.toInstant() : value;
    }
}
