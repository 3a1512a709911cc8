package dev.firn.schema.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Two versions of a schema as producers and a table may have them: the reader's, which the table is made from, and a writer's that
 * Avro resolves into it. They differ in ways that are known, each at random; the same seed always makes the same pair.
 */
public final class RandomPair {

    /** Of the places where a difference could be, one in so many has it. */
    private static final int RARE = 8;

    /** A null where the reader has none is refused, so of these there must be few, or no record would get through. */
    private static final int VERY_RARE = 400;

    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    /** In which ways a writer's schema may differ from the reader's. */
    public enum Difference {
        /** A narrower number: {@code int} for {@code long}, {@code float} for {@code double}, a decimal of fewer digits. */
        PROMOTED,
        /** The fields of a record stand in another order. */
        REORDERED,
        /** A field is not there; the reader's default is null. */
        MISSING,
        /** A field is not there; the reader's default is a value. */
        DEFAULT,
        /** A field has the name that it had before the reader's. */
        RENAMED,
        /** The branches of a union stand in another order. */
        UNION_REORDERED,
        /** A union has fewer branches. */
        UNION_SMALLER,
        /** Where the reader has a union there is one of its types. */
        UNION_PLAIN,
        /** A branch is narrower than the reader's. */
        BRANCH_PROMOTED,
        /** Null is not allowed where the reader allows it. */
        STRICTER,
        /** Null is allowed where the reader does not allow it. */
        LOOSER
    }

    private final Random random;
    private final RandomAvro values;
    private final Set<Difference> differences = EnumSet.noneOf(Difference.class);
    private final Schema reader;
    private final Schema writer;
    private boolean nested;

    public RandomPair(long seed) {
        // Seeds that follow each other, or are the same, begin alike.
        this.values = new RandomAvro(seed * SPREAD);
        this.random = new Random(~seed * SPREAD);
        this.reader = values.wideRecord();
        this.writer = record(reader, 0);
    }

    public Schema reader() {
        return reader;
    }

    public Schema writer() {
        return writer;
    }

    /** How the two differ, wherever in them. */
    public Set<Difference> differences() {
        return Collections.unmodifiableSet(differences);
    }

    /** Whether a record inside of the record differs. */
    public boolean isNested() {
        return nested;
    }

    /** A record of the writer's. */
    public Object datum() {
        return values.recordValue(writer);
    }

    private boolean rarely(int oneIn, Difference difference, int depth) {
        boolean differs = random.nextInt(oneIn) == 0;
        if (differs) {
            differences.add(difference);
            nested |= depth > 0;
        }
        return differs;
    }

    private Schema record(Schema reader, int depth) {
        List<Schema.Field> fields = new ArrayList<>();
        int left = reader.getFields().size();
        for (Schema.Field field : reader.getFields()) {
            boolean mayBeMissing = field.hasDefaultValue() && left > 1;
            boolean isNull = field.hasDefaultValue() && field.defaultVal() == JsonProperties.NULL_VALUE;
            if (mayBeMissing && rarely(RARE, isNull ? Difference.MISSING : Difference.DEFAULT, depth)) {
                left--;
            } else {
                String name = rarely(4 * RARE, Difference.RENAMED, depth)
                        ? field.aliases().iterator().next()
                        : field.name();
                fields.add(new Schema.Field(name, place(field.schema(), depth), null, (Object) null));
            }
        }
        if (fields.size() > 1 && rarely(3, Difference.REORDERED, depth)) {
            Collections.shuffle(fields, random);
        }
        return Schema.createRecord(reader.getName(), null, null, false, fields);
    }

    /** What stands in a field, a list or a map, null included. */
    private Schema place(Schema reader, int depth) {
        if (!reader.isUnion()) {
            Schema type = type(reader, depth);
            return rarely(VERY_RARE, Difference.LOOSER, depth)
                    ? Schema.createUnion(type, Schema.create(Schema.Type.NULL))
                    : type;
        }
        List<Schema> branches = new ArrayList<>(reader.getTypes());
        boolean isChoice = branches.size() > 2;
        if (isChoice && rarely(RARE, Difference.UNION_PLAIN, depth)) {
            return type(present(branches), depth);
        }
        if (isChoice && branches.size() > 3 && rarely(RARE, Difference.UNION_SMALLER, depth)) {
            branches.remove(present(branches));
        } else if (!isChoice && rarely(RARE, Difference.STRICTER, depth)) {
            branches.removeIf(branch -> branch.getType() == Schema.Type.NULL);
        }
        branches.replaceAll(branch -> branch(branch, isChoice, depth));
        if (branches.size() == 1) {
            return branches.get(0);
        }
        if (rarely(RARE, Difference.UNION_REORDERED, depth)) {
            Collections.shuffle(branches, random);
        }
        return Schema.createUnion(branches);
    }

    private Schema branch(Schema reader, boolean isChoice, int depth) {
        if (isChoice && reader.getType() == Schema.Type.LONG) {
            return rarely(RARE, Difference.BRANCH_PROMOTED, depth) ? Schema.create(Schema.Type.INT) : reader;
        }
        return type(reader, depth);
    }

    private Schema present(List<Schema> branches) {
        List<Schema> present = branches.stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        return present.get(random.nextInt(present.size()));
    }

    private Schema type(Schema reader, int depth) {
        return switch (reader.getType()) {
            case RECORD -> record(reader, depth + 1);
            case ARRAY -> Schema.createArray(place(reader.getElementType(), depth + 1));
            case MAP -> Schema.createMap(place(reader.getValueType(), depth + 1));
            default -> {
                Schema narrow = narrower(reader);
                yield narrow != null && rarely(RARE, Difference.PROMOTED, depth) ? narrow : reader;
            }
        };
    }

    /** A type whose every value the reader's holds exactly, and Avro reads as the reader's. */
    private @Nullable Schema narrower(Schema reader) {
        if (reader.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            boolean hasRoom = reader.getType() == Schema.Type.BYTES && decimal.getPrecision() > decimal.getScale() + 1;
            return hasRoom
                    ? LogicalTypes.decimal(decimal.getPrecision() - 1, decimal.getScale())
                            .addToSchema(Schema.create(Schema.Type.BYTES))
                    : null;
        }
        if (reader.getLogicalType() != null) {
            return null;
        }
        return switch (reader.getType()) {
            case LONG -> Schema.create(Schema.Type.INT);
            case DOUBLE -> Schema.create(random.nextBoolean() ? Schema.Type.INT : Schema.Type.FLOAT);
            default -> null;
        };
    }
}
