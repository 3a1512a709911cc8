package dev.firn.schema.notation.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.Loss;
import dev.firn.spi.notation.NotExpressible;
import dev.firn.spi.notation.NotReadable;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.ReadSchema;
import dev.firn.spi.notation.SchemaDocument;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Sign;
import dev.firn.spi.notation.Shape.Whole;
import dev.firn.spi.notation.Shape.Zone;
import dev.firn.spi.notation.TimeUnit;
import dev.firn.spi.notation.TypeName;
import dev.firn.spi.notation.Value;
import dev.firn.spi.notation.WrittenSchema;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlNotationTest {

    @Test
    void readsATableOfSpark() throws Exception {
        ReadSchema read = read(
                Dialect.SPARK,
                """
                -- what the shop sells
                CREATE OR REPLACE TABLE IF NOT EXISTS lake.sales.`Order` (
                  id BIGINT NOT NULL COMMENT 'the shop\\'s key', /* and
                  not ours */
                  at timestamp, local TIMESTAMP_NTZ,
                  tiny TINYINT, code VARCHAR(20),
                  lines ARRAY<STRUCT<sku: STRING NOT NULL COMMENT 'as sold', `unit price`: DECIMAL(9,4)>>,
                  by_day MAP<DATE, ARRAY<INT>>)
                USING iceberg
                PARTITIONED BY (days(at))
                TBLPROPERTIES ('owner' = 'secret')
                COMMENT "All of them";
                """);

        assertThat(read.schema().name())
                .isEqualTo(new TypeName("lake.sales.Order", Optional.of("All of them"), List.of()));
        assertThat(read.schema().fields())
                .containsExactly(
                        Field.column("id", Value.required(Whole.LONG), Optional.of("the shop's key")),
                        Field.optional("at", new Shape.Timestamp(TimeUnit.MICROS, Zone.INSTANT)),
                        Field.optional("local", new Shape.Timestamp(TimeUnit.MICROS, Zone.LOCAL)),
                        Field.optional("tiny", new Whole(8, Sign.SIGNED)),
                        Field.optional("code", Plain.STRING),
                        Field.optional(
                                "lines",
                                new Shape.ListOf(Value.optional(new Shape.Struct(
                                        TypeName.NONE,
                                        List.of(
                                                Field.column(
                                                        "sku", Value.required(Plain.STRING), Optional.of("as sold")),
                                                Field.optional("unit price", new Shape.Decimal(9, 4))))))),
                        Field.optional(
                                "by_day",
                                new Shape.MapOf(
                                        Value.required(Plain.DATE),
                                        Value.optional(new Shape.ListOf(Value.optional(Whole.INT))))));
        assertThat(read.losses().stream().map(Loss::line))
                .containsExactly(
                        "`code`: that it has at most 20 characters is lost: a schema of columns has no place for it",
                        "the record: `USING` of the table is lost: a schema of columns has no place for it",
                        "the record: `PARTITIONED` of the table is lost: a schema of columns has no place for it",
                        "the record: `TBLPROPERTIES` of the table is lost: a schema of columns has no place for it");
    }

    @Test
    void readsATableOfFlink() throws Exception {
        ReadSchema read = read(
                Dialect.FLINK,
                """
                CREATE TABLE orders (
                  id BIGINT,
                  key BINARY(16) NOT NULL,
                  at TIMESTAMP(3), seen TIMESTAMP_LTZ(9), zoned TIMESTAMP(3) WITH LOCAL TIME ZONE,
                  address ROW<street STRING NOT NULL 'with number', zip STRING> NOT NULL,
                  codes ARRAY<INT NOT NULL>,
                  WATERMARK FOR at AS at - INTERVAL '5' SECOND,
                  PRIMARY KEY (id) NOT ENFORCED
                ) WITH ('connector' = 'kafka', 'password' = 'secret')
                """);

        assertThat(read.schema().fields())
                .containsExactly(
                        Field.required("id", Whole.LONG),
                        Field.required("key", new Shape.Fixed(TypeName.NONE, 16)),
                        Field.optional("at", new Shape.Timestamp(TimeUnit.MILLIS, Zone.LOCAL)),
                        Field.optional("seen", new Shape.Timestamp(TimeUnit.NANOS, Zone.INSTANT)),
                        Field.optional("zoned", new Shape.Timestamp(TimeUnit.MILLIS, Zone.INSTANT)),
                        Field.required(
                                "address",
                                new Shape.Struct(
                                        TypeName.NONE,
                                        List.of(
                                                Field.column(
                                                        "street",
                                                        Value.required(Plain.STRING),
                                                        Optional.of("with number")),
                                                Field.optional("zip", Plain.STRING)))),
                        Field.optional("codes", new Shape.ListOf(Value.required(Whole.INT))));
        assertThat(read.losses().stream().map(Loss::line))
                .containsExactly(
                        "the record: `WATERMARK` of the table is lost: a schema of columns has no place for it",
                        "the record: that `id` is the primary key is lost: a schema of columns has no place for it",
                        "the record: `WITH` of the table is lost: a schema of columns has no place for it");
    }

    @Test
    void readsATableOfTrino() throws Exception {
        ReadSchema read = read(
                Dialect.TRINO,
                """
                CREATE TABLE orders (
                  ID bigint NOT NULL,
                  at timestamp(6) with time zone, plain timestamp, "From" real,
                  lines array(row(sku varchar, "unit price" decimal(9, 4))),
                  sums map(date, decimal)
                ) COMMENT 'All' WITH (format = 'PARQUET')
                """);

        assertThat(read.schema().fields())
                .containsExactly(
                        Field.required("id", Whole.LONG),
                        Field.optional("at", new Shape.Timestamp(TimeUnit.MICROS, Zone.INSTANT)),
                        Field.optional("plain", new Shape.Timestamp(TimeUnit.MILLIS, Zone.LOCAL)),
                        Field.optional("From", Plain.FLOAT),
                        Field.optional(
                                "lines",
                                new Shape.ListOf(Value.optional(new Shape.Struct(
                                        TypeName.NONE,
                                        List.of(
                                                Field.optional("sku", Plain.STRING),
                                                Field.optional("unit price", new Shape.Decimal(9, 4))))))),
                        Field.optional(
                                "sums",
                                new Shape.MapOf(Value.required(Plain.DATE), Value.optional(new Shape.Decimal(38, 0)))));
    }

    @Test
    void readsATableOfPostgres() throws Exception {
        ReadSchema read = read(
                Dialect.POSTGRES,
                """
                CREATE TABLE public."Order" (
                  Id serial PRIMARY KEY,
                  status text NOT NULL DEFAULT 'NEW' CHECK (status IN ('NEW', 'PAID')),
                  amount numeric(12, 2) CHECK (amount > 0) DEFAULT -1.50,
                  ratio float, n int DEFAULT nextval('s'), up timestamptz(3) DEFAULT now(),
                  codes int[] NOT NULL, grid text[][], body jsonb, lasts interval,
                  code character varying(5) COLLATE "C",
                  CONSTRAINT positive CHECK (amount >= 0),
                  FOREIGN KEY (n) REFERENCES other (n)
                );
                COMMENT ON TABLE public."Order" IS 'All';
                COMMENT ON COLUMN public."Order".ratio IS 'of what';
                CREATE INDEX fast ON "Order" (status);
                """);

        Shape status = new Shape.Symbols(TypeName.NONE, List.of("NEW", "PAID"), Optional.empty());
        assertThat(read.schema().name().doc()).contains("All");
        assertThat(read.schema().fields().stream()
                        .map(field -> field.name() + " " + field.shape() + " "
                                + field.value().nullability() + " "
                                + field.remarks().defaultValue().orElse("none")))
                .containsExactly(
                        "id " + Whole.INT + " REQUIRED none",
                        "status " + status + " REQUIRED \"NEW\"",
                        "amount " + new Shape.Decimal(12, 2) + " OPTIONAL null",
                        "ratio DOUBLE OPTIONAL null",
                        "n " + Whole.INT + " OPTIONAL null",
                        "up " + new Shape.Timestamp(TimeUnit.MILLIS, Zone.INSTANT) + " OPTIONAL null",
                        "codes " + new Shape.ListOf(Value.optional(Whole.INT)) + " REQUIRED none",
                        "grid "
                                + new Shape.ListOf(Value.optional(new Shape.ListOf(Value.optional(Plain.STRING))))
                                + " OPTIONAL null",
                        "body JSON OPTIONAL null",
                        "lasts DURATION OPTIONAL null",
                        "code STRING OPTIONAL null");
        assertThat(read.schema().fields().get(3).remarks().doc()).contains("of what");
        assertThat(read.losses().stream().map(Loss::line))
                .containsExactly(
                        "`id`: that it is the primary key is lost: a schema of columns has no place for it",
                        "`amount`: `CHECK` is lost: a schema of columns has no place for it",
                        "`amount`: the default, which is no plain value of its type, is lost: a schema of columns has no place for it",
                        "`n`: the default, which is no plain value of its type, is lost: a schema of columns has no place for it",
                        "`up`: the default, which is no plain value of its type, is lost: a schema of columns has no place for it",
                        "`code`: that it has at most 5 characters is lost: a schema of columns has no place for it",
                        "`code`: `COLLATE` is lost: a schema of columns has no place for it",
                        "the record: `CHECK` of the table is lost: a schema of columns has no place for it",
                        "the record: `FOREIGN` of the table is lost: a schema of columns has no place for it",
                        "the record: the statement `CREATE` is lost: a schema of columns has no place for it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 | there is no `CREATE TABLE` in it",
                "CREATE VIEW v (a INT) | line 1, column 15: there is `(` where `TABLE` should be",
                "CREATE TABLE t | line 1, column 15: there is the end where `(` should be",
                "CREATE TABLE t (a INT | line 1, column 22: there is the end where `)` should be",
                "CREATE TABLE t (a INT; | line 1, column 22: there is `;` where `,` or `)` should be",
                "CREATE TABLE t (a) | line 1, column 18: there is `)` where a type should be",
                "CREATE TABLE t (a GEOMETRY) | line 1, column 19: `a` has the type `GEOMETRY`, which is not known here",
                "CREATE TABLE t (a ARRAY<INT) | line 1, column 28: there is `)` where `>` should be",
                "CREATE TABLE t (a DECIMAL(3, 5)) | line 1, column 19: `a` is a decimal of 3 digits, 5 of them behind the point,"
                        + " which none is",
                "CREATE TABLE t (a INT COMMENT x) | line 1, column 31: there is `x` where a text in quotes should be",
                "CREATE TABLE t (a INT, a INT) | line 1, column 24: there are two columns `a`",
                "CREATE TABLE t (a AS b) | line 1, column 17: column `a` is computed and says no type; remove it, or give it one",
                "CREATE TABLE t (PRIMARY KEY (a)) | table `t` has no columns",
                "CREATE TABLE t (a INT); CREATE TABLE u (b INT) | line 1, column 25: there is another table; leave one in the"
                        + " file",
                "CREATE TABLE t (a INT) COMMENT ’x | line 1, column 32: a text begins here that does not end",
                "CREATE TABLE t /* (a INT) | line 1, column 16: a comment begins here that does not end",
            })
    void saysWhereAStatementCanNotBeRead(String text, String why) {
        // A quote in a table of values would be a quote of the table.
        assertThatThrownBy(() -> read(Dialect.SPARK, text.replace("’", "'")))
                .isInstanceOf(NotReadable.class)
                .hasMessage(why);
    }

    @Test
    void refusesTypesThatOtherNotationsDoNotHave() {
        assertThatThrownBy(() -> read(Dialect.POSTGRES, "CREATE TABLE t (a numeric)"))
                .isInstanceOf(NotReadable.class)
                .hasMessage("line 1, column 19: `a` is a number of any scale, which no other notation has; write"
                        + " numeric(precision, scale)");
        assertThatThrownBy(() -> read(Dialect.TRINO, "CREATE TABLE t (a time(3) with time zone)"))
                .isInstanceOf(NotReadable.class)
                .hasMessage(
                        "line 1, column 19: `a` is a time of the day with a zone, which no other notation has; write a"
                                + " timestamp");
        assertThatThrownBy(() -> read(
                        Dialect.SPARK, "CREATE TABLE t (a " + "ARRAY<".repeat(101) + "INT" + ">".repeat(101) + ")"))
                .isInstanceOf(NotReadable.class)
                .hasMessage("line 1, column 619: types are nested more than 100 deep here");
    }

    @Test
    void refusesWhatADialectCanNotHold() {
        assertThatThrownBy(() -> write(Dialect.SPARK, Field.required("at", new Shape.Time(TimeUnit.MICROS))))
                .isInstanceOf(NotExpressible.class)
                .hasMessage("`at`: Spark has no type for a time of the day; make it a long, or a string");
        assertThatThrownBy(() -> write(Dialect.TRINO, Field.required("sum", new Shape.Decimal(39, 2))))
                .isInstanceOf(NotExpressible.class)
                .hasMessage(
                        "`sum`: a decimal of 39 digits is longer than the 38 of Trino; use a precision of at most 38, or a"
                                + " string");
        assertThatThrownBy(() ->
                        write(Dialect.SPARK, Field.required("Id", Plain.STRING), Field.required("ID", Plain.STRING)))
                .isInstanceOf(NotExpressible.class)
                .hasMessage("`ID`: Spark can't tell it from `Id`; rename one of them");
        assertThatThrownBy(() -> write(
                        Dialect.FLINK,
                        Field.required("child", new Shape.Again("Node")),
                        Field.required("none", struct())))
                .isInstanceOf(NotExpressible.class)
                .hasMessage(
                        "`child`: record `Node` contains itself, and Flink has no word for that; flatten it, or make it a"
                                + " string of JSON; `none`: it has no fields, and Flink has no record without; add a field, or"
                                + " remove it");
    }

    @Test
    void quotesWhatCouldEndAName() throws Exception {
        WrittenSchema written = write(Dialect.FLINK, Field.required("a`b) ", Plain.STRING));

        assertThat(written.text()).isEqualTo("CREATE TABLE t (\n  `a``b) ` STRING NOT NULL\n);\n");
        assertThat(written.losses().stream().map(Loss::line))
                .containsExactly("`a`b) `: the name has to be written as `a``b) `");
        assertThat(read(Dialect.FLINK, written.text()).schema().fields())
                .containsExactly(Field.required("a`b) ", Plain.STRING));
    }

    private static Shape struct() {
        return new Shape.Struct(TypeName.NONE, List.of());
    }

    private static WrittenSchema write(Dialect dialect, Field... fields) throws NotExpressible {
        return new SqlNotation(dialect).write(new PortableSchema(new Shape.Struct(TypeName.of("t"), List.of(fields))));
    }

    private static ReadSchema read(Dialect dialect, String text) throws NotReadable {
        return new SqlNotation(dialect).read(SchemaDocument.text("a statement", text));
    }
}
