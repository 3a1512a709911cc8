package dev.firn.cli.tests;

import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.yaml.Node;
import dev.firn.schema.given.Scalars;
import dev.firn.schema.given.Unfit;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a column should hold. Numbers are compared as numbers, so 5 is 5.00; of a struct only the fields that are named are compared, a list
 * and a map as a whole.
 */
@FunctionalInterface
interface ExpectedValue {

    /** @param value of the Java type that {@link ColumnType} names */
    boolean is(@Nullable Object value);

    /** @throws Unfit if no value of the column is ever like that */
    static ExpectedValue of(Node node, ColumnType type, String path) throws Unfit {
        if (node instanceof Node.Scalar scalar && scalar.isNothing()) {
            return value -> value == null;
        }
        if (type instanceof ColumnType.Primitive primitive) {
            return primitive(node, primitive, path);
        }
        if (type instanceof ColumnType.Decimal) {
            BigDecimal expected = Scalars.decimal(node, path);
            return some(BigDecimal.class, value -> value.compareTo(expected) == 0);
        }
        if (type instanceof ColumnType.Fixed) {
            ByteBuffer expected = ByteBuffer.wrap(Scalars.bytes(node, path));
            return some(byte[].class, value -> ByteBuffer.wrap(value).equals(expected));
        }
        if (type instanceof ColumnType.Struct struct) {
            return struct(node, struct, path);
        }
        if (type instanceof ColumnType.ListOf list) {
            return list(node, list, path);
        }
        return map(node, (ColumnType.MapOf) type, path);
    }

    private static ExpectedValue primitive(Node node, ColumnType.Primitive type, String path) throws Unfit {
        return switch (type) {
            case BOOLEAN -> equal(Scalars.truth(node, path));
            case INT -> equal(Scalars.whole(node, path, Integer.MIN_VALUE, Integer.MAX_VALUE)
                    .intValue());
            case LONG -> equal(
                    Scalars.whole(node, path, Long.MIN_VALUE, Long.MAX_VALUE).longValue());
            case FLOAT -> equal((float) Scalars.real(node, path));
            case DOUBLE -> equal(Scalars.real(node, path));
            case STRING -> equal(Scalars.text(node, path));
            case BINARY -> equal(ByteBuffer.wrap(Scalars.bytes(node, path)));
            case DATE -> equal(Scalars.date(node, path));
            case TIME -> equal(Scalars.time(node, path));
            case TIMESTAMP -> equal(Scalars.local(node, path));
            case TIMESTAMPTZ -> {
                var expected = Scalars.instant(node, path);
                yield some(OffsetDateTime.class, value -> value.toInstant().equals(expected));
            }
            case UUID -> equal(Scalars.uuid(node, path));
        };
    }

    private static ExpectedValue equal(Object expected) {
        return value -> expected.equals(value);
    }

    private static <T> ExpectedValue some(Class<T> type, Predicate<T> expected) {
        return value -> type.isInstance(value) && expected.test(type.cast(value));
    }

    private static ExpectedValue struct(Node node, ColumnType.Struct struct, String path) throws Unfit {
        Map<String, ExpectedValue> fields = new LinkedHashMap<>();
        for (Node.Entry entry : mapping(node, path).entries()) {
            String name = entry.key().text();
            fields.put(name, of(entry.value(), column(struct.columns(), entry, path), path + "." + name));
        }
        return some(Map.class, value -> fields.entrySet().stream()
                .allMatch(field -> field.getValue().is(value.get(field.getKey()))));
    }

    private static ColumnType column(List<Column> columns, Node.Entry named, String path) throws Unfit {
        String name = named.key().text();
        List<String> names = columns.stream().map(Column::name).toList();
        Optional<Column> column =
                columns.stream().filter(one -> one.name().equals(name)).findFirst();
        if (column.isEmpty()) {
            throw Unfit.at(named.key().span(), "`" + path + "` has no field `" + name + "`", Suggestion.oneOf(names));
        }
        return column.get().type();
    }

    private static ExpectedValue list(Node node, ColumnType.ListOf list, String path) throws Unfit {
        if (!(node instanceof Node.Sequence sequence)) {
            throw Unfit.at(node.span(), "`" + path + "` is " + Scalars.shown(node), "a list");
        }
        List<ExpectedValue> items = new ArrayList<>();
        for (Node item : sequence.items()) {
            items.add(of(item, list.element(), path + "[]"));
        }
        return some(List.class, value -> {
            if (value.size() != items.size()) {
                return false;
            }
            for (int place = 0; place < items.size(); place++) {
                if (!items.get(place).is(value.get(place))) {
                    return false;
                }
            }
            return true;
        });
    }

    private static ExpectedValue map(Node node, ColumnType.MapOf map, String path) throws Unfit {
        Map<String, ExpectedValue> values = new HashMap<>();
        for (Node.Entry entry : mapping(node, path).entries()) {
            String key = entry.key().text();
            values.put(key, of(entry.value(), map.value(), path + "." + key));
        }
        return some(
                Map.class,
                value -> value.keySet().equals(values.keySet())
                        && values.entrySet().stream()
                                .allMatch(one -> one.getValue().is(value.get(one.getKey()))));
    }

    private static Node.Mapping mapping(Node node, String path) throws Unfit {
        if (node instanceof Node.Mapping mapping) {
            return mapping;
        }
        throw Unfit.at(node.span(), "`" + path + "` is " + Scalars.shown(node), "a mapping");
    }
}
