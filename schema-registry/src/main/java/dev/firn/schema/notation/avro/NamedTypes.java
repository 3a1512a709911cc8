package dev.firn.schema.notation.avro;

import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.TypeName;
import dev.firn.spi.notation.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Each named type of Avro is defined once, and every name is of one type. */
final class NamedTypes {

    private final Losses losses;
    private final Map<String, Shape> defined = new HashMap<>();
    private final Map<String, String> called = new HashMap<>();

    NamedTypes(Losses losses) {
        this.losses = losses;
    }

    /** @param isKnown whether it was defined before */
    record Named(String full, boolean isKnown) {

        String simple() {
            return TypeName.of(full).simple();
        }

        String namespace() {
            return TypeName.of(full).namespace();
        }
    }

    /** @param fallback the full name of a type that has none */
    Named of(String path, String fallback, Shape shape) {
        TypeName said = name(shape);
        String full = AvroNames.full(said.isThere() ? said.full() : fallback);
        if (said.isThere() && isDefined(full, shape)) {
            return new Named(full, true);
        }
        String free = full;
        for (int next = 2; defined.containsKey(free); next++) {
            free = full + "_" + next;
        }
        defined.put(free, flat(shape, new ArrayList<>()));
        called.put(said.full(), free);
        if (said.isThere() && !free.equals(said.full())) {
            losses.change(path, "the type `" + said.full() + "` is called `" + free + "`");
        }
        return new Named(free, false);
    }

    /** The record of that name that this stands in. */
    String again(String name) {
        return called.getOrDefault(name, name);
    }

    /** Types that contain each other look different by where one comes upon them, so each is compared without those in it. */
    private boolean isDefined(String full, Shape shape) {
        List<Shape> inner = new ArrayList<>();
        return flat(shape, inner).equals(defined.get(full))
                && inner.stream()
                        .allMatch(type -> isDefined(AvroNames.full(name(type).full()), type));
    }

    /** With the names of the types in it in their place. */
    private static Shape flat(Shape shape, List<Shape> inner) {
        if (shape instanceof Shape.Struct struct) {
            return new Shape.Struct(struct.name(), fields(struct.fields(), inner));
        }
        if (shape instanceof Shape.ListOf list) {
            return new Shape.ListOf(value(list.item(), inner));
        }
        if (shape instanceof Shape.MapOf map) {
            return new Shape.MapOf(value(map.key(), inner), value(map.value(), inner));
        }
        return shape instanceof Shape.OneOf choice ? new Shape.OneOf(fields(choice.branches(), inner)) : shape;
    }

    private static List<Field> fields(List<Field> fields, List<Shape> inner) {
        return fields.stream()
                .map(field -> new Field(field.name(), value(field.value(), inner), field.remarks()))
                .toList();
    }

    private static Value value(Value value, List<Shape> inner) {
        TypeName name = name(value.shape());
        if (name.isThere()) {
            inner.add(value.shape());
            return value.withShape(new Shape.Again(name.full()));
        }
        return value.withShape(flat(value.shape(), inner));
    }

    private static TypeName name(Shape shape) {
        if (shape instanceof Shape.Struct struct) {
            return struct.name();
        }
        if (shape instanceof Shape.Symbols symbols) {
            return symbols.name();
        }
        return shape instanceof Shape.Fixed fixed ? fixed.name() : TypeName.NONE;
    }
}
