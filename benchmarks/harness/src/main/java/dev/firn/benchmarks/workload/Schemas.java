package dev.firn.benchmarks.workload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/** The schemas of the workloads: from files of this package, and made here where they are large or random. */
final class Schemas {

    private static final int WIDE = 200;
    private static final int DEEPEST = 2;
    private static final int FEWEST_FIELDS = 5;
    private static final int MOST_FIELDS = 80;

    private Schemas() {}

    static Schema named(String name) {
        try (InputStream text = Objects.requireNonNull(Schemas.class.getResourceAsStream(name + ".avsc"))) {
            return new Schema.Parser().parse(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 200 columns of ten kinds; half of the values are null. */
    static Schema wide() {
        SchemaBuilder.FieldAssembler<Schema> fields =
                SchemaBuilder.record("Wide").namespace("dev.firn.benchmarks").fields();
        for (int i = 0; i < WIDE; i++) {
            fields.name("field_" + i).type(nullable(primitive(i % KINDS, i))).withDefault(null);
        }
        return fields.endRecord();
    }

    /** 5 to 80 fields, some of them structs, lists and maps; the same for the same seed. */
    static Schema random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return record("Random" + seed, random, random.nextInt(FEWEST_FIELDS, MOST_FIELDS + 1), 0);
    }

    private static Schema record(String name, SplittableRandom random, int size, int depth) {
        SchemaBuilder.FieldAssembler<Schema> fields =
                SchemaBuilder.record(name).namespace("dev.firn.benchmarks").fields();
        for (int i = 0; i < size; i++) {
            Schema type = any(name + "_" + i, random, depth);
            if (random.nextInt(3) == 0) {
                fields.name("field_" + i).type(nullable(type)).withDefault(null);
            } else {
                fields.name("field_" + i).type(type).noDefault();
            }
        }
        return fields.endRecord();
    }

    private static Schema any(String name, SplittableRandom random, int depth) {
        int kind = random.nextInt(depth < DEEPEST ? KINDS + 3 : KINDS);
        return switch (kind - KINDS) {
            case 0 -> record(name, random, random.nextInt(2, 6), depth + 1);
            case 1 -> Schema.createArray(any(name, random, depth + 1));
            case 2 -> Schema.createMap(any(name, random, depth + 1));
            default -> primitive(kind, random.nextInt(MOST_FIELDS));
        };
    }

    private static Schema nullable(Schema type) {
        return Schema.createUnion(List.of(Schema.create(Schema.Type.NULL), type));
    }

    private static final int KINDS = 11;

    private static Schema primitive(int kind, int variant) {
        return switch (kind) {
            case 0 -> Schema.create(Schema.Type.LONG);
            case 1 -> text("code", 10 << (variant % 12));
            case 2 -> Schema.create(Schema.Type.DOUBLE);
            case 3 -> hinted(Schema.create(Schema.Type.INT), "below", 10 << (variant % 12));
            case 4 -> Schema.create(Schema.Type.BOOLEAN);
            case 5 -> text("words", 100 << (variant % 6));
            case 6 -> LogicalTypes.decimal(10, variant % 4).addToSchema(Schema.create(Schema.Type.BYTES));
            case 7 -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
            case 8 -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case 9 -> Schema.create(Schema.Type.FLOAT);
            case 10 -> Schema.create(Schema.Type.BYTES);
            default -> throw new IllegalArgumentException("kind " + kind);
        };
    }

    private static Schema text(String as, int distinct) {
        Schema schema = Schema.create(Schema.Type.STRING);
        schema.addProp("as", as);
        schema.addProp("prefix", "value-");
        schema.addProp("most", 6);
        return hinted(schema, "distinct", distinct);
    }

    private static Schema hinted(Schema schema, String name, int value) {
        schema.addProp(name, value);
        return schema;
    }
}
