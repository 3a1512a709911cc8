package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code firn schema infer} prints and says. */
class SchemaInferVerbTest {

    @TempDir
    private Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void printsTheSchemaAndSaysWhatItIsConcludedFrom() throws IOException {
        String file = file(
                "web-orders.jsonl",
                """
                {"id": 1, "user agent": "curl", "price": 1, "coupon": null}
                {"id": 2, "price": 0.5}
                {"id": 3, "price": 12.25}
                """);

        assertThat(firn("schema", "infer", file))
                .isEqualTo(new Cli.Answer(
                        0,
                        """
                                {
                                  "type" : "record",
                                  "name" : "web_orders",
                                  "fields" : [
                                    {
                                      "name" : "id",
                                      "type" : "long"
                                    },
                                    {
                                      "name" : "user_x20agent",
                                      "type" : [
                                        "null",
                                        "string"
                                      ],
                                      "default" : null,
                                      "iceberg-field-name" : "user agent"
                                    },
                                    {
                                      "name" : "price",
                                      "type" : "double"
                                    },
                                    {
                                      "name" : "coupon",
                                      "type" : [
                                        "null",
                                        "string"
                                      ],
                                      "default" : null
                                    }
                                  ]
                                }
                                """,
                        """
                                3 records of `%1$s`

                                path        type    null    values
                                id          long    never   1 to 3
                                user agent  string  66.7 %%  longest 4
                                price       double  never   0.5 to 12.25
                                coupon      string  always

                                `price`: a whole number (%1$s:1), a number with a point or an exponent (%1$s:2); double, which holds all of them
                                `coupon` is never anything but null, so its type can't be told; an optional string stands for it
                                `user agent`: the field is called `user_x20agent`, and its name is kept beside it
                                """
                                .formatted(file)));
    }

    @Test
    void takesWhatIsSaidOfTheFile() throws IOException {
        String file = file("data.txt", "1;9.90\n2;0.5\n3;x\n");

        Cli.Answer answer = firn(
                "schema",
                "infer",
                "--from",
                "csv",
                "--delimiter",
                ";",
                "--no-header",
                "--sample",
                "2",
                "--decimals",
                "--name",
                "shop.Sale",
                file);

        assertThat(answer)
                .isEqualTo(new Cli.Answer(
                        0,
                        """
                                {
                                  "type" : "record",
                                  "name" : "Sale",
                                  "namespace" : "shop",
                                  "fields" : [
                                    {
                                      "name" : "column_1",
                                      "type" : "long"
                                    },
                                    {
                                      "name" : "column_2",
                                      "type" : {
                                        "type" : "bytes",
                                        "logicalType" : "decimal",
                                        "precision" : 38,
                                        "scale" : 1
                                      }
                                    }
                                  ]
                                }
                                """,
                        """
                                the first 2 records of `%s`

                                path      type            null   values
                                column_1  long            never  1 to 2
                                column_2  decimal(38, 1)  never  0.5 to 9.90
                                """
                                .formatted(file)));
    }

    @Test
    void answersTwoWhereTheDataOrTheArgumentsAreWrong() throws IOException {
        String broken = file("a.json", "{\"a\": 1}\n{\"a\": }\n");

        assertThat(firn("schema", "infer", broken))
                .isEqualTo(new Cli.Answer(
                        2,
                        "",
                        "firn: " + broken
                                + ":2: this is not JSON: Unexpected character ('}' (code 125)): expected a value\n"));
        assertThat(firn("schema", "infer", "--name", "web-orders", broken))
                .isEqualTo(
                        new Cli.Answer(
                                2,
                                "",
                                "firn: `web-orders` can't be the name of a record: letters, digits and `_`, no digit first, with dots in between\n"));
        assertThat(firn("schema", "infer", "--sample", "0", broken).err())
                .startsWith("firn schema infer: `0` is no value for `--sample`, which takes RECORDS\n");
        assertThat(firn("schema", "infer", "--delimiter", ";;", broken).err())
                .startsWith("firn schema infer: `;;` is no value for `--delimiter`, which takes CHARACTER|tab\n");
        assertThat(firn("schema", "infer").err()).startsWith("firn schema infer: neither FILE nor `--jdbc` is there\n");
        assertThat(firn("schema", "infer", "--jdbc", "jdbc:x", broken).err())
                .startsWith("firn schema infer: `--jdbc` and FILE are two sources, and one schema is of one\n");
        assertThat(firn("schema", "infer", "--to", "xml", file("b.json", "{\"a\": 1}"))
                        .err())
                .startsWith("firn: `xml` is no value for `--to`, which takes avro|");
    }

    @Test
    void printsOtherNotationsToo() throws IOException {
        Cli.Answer answer = firn("schema", "infer", "--to", "sql", "--name", "sales", file("b.json", "{\"a b\": 1}"));

        assertThat(answer.out()).isEqualTo("CREATE TABLE sales (\n  `a b` BIGINT NOT NULL\n);\n");
    }

    @Test
    void describesATableOfADatabase() throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("shop.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE sale (id INTEGER PRIMARY KEY, customer VARCHAR(20) NOT NULL)");
        }

        assertThat(firn("schema", "infer", "--jdbc", url, "--table", "sale"))
                .isEqualTo(
                        new Cli.Answer(
                                0,
                                """
                                {
                                  "type" : "record",
                                  "name" : "sale",
                                  "fields" : [
                                    {
                                      "name" : "id",
                                      "type" : [
                                        "null",
                                        "long"
                                      ],
                                      "default" : null
                                    },
                                    {
                                      "name" : "customer",
                                      "type" : "string"
                                    }
                                  ]
                                }
                                """,
                                """
                                column    type    null    declared
                                id        long    may be  integer
                                customer  string  never   varchar(20)

                                the primary key of `sale` is `id`
                                SQLite does not hold values to the type of their column; what is there may be of another
                                """));
        assertThat(firn(
                        "schema",
                        "infer",
                        "--jdbc",
                        "jdbc:postgresql://127.0.0.1/x",
                        "--table",
                        "t",
                        "--password",
                        "open"))
                .isEqualTo(new Cli.Answer(
                        2,
                        "",
                        "firn: a password on the command line is in the shell's history and in every list of processes; write"
                                + " `--password '${env:X}'`, with its name instead of X\n"));
        assertThat(firn("schema", "infer", "--jdbc", url).err())
                .isEqualTo("firn: `--jdbc` goes with `--table [SCHEMA.]TABLE`\n");
    }

    @Test
    void takesAParquetFilesFooter() throws IOException {
        String data = Path.of("src/test/resources/infer/orders.parquet").toString();

        Cli.Answer answer = firn("schema", "infer", data);

        assertThat(answer.err()).isEqualTo("the footer of `" + data + "`; no record is read\n");
        assertThat(answer.exitCode()).isZero();
        Schema schema = new Schema.Parser().parse(answer.out());
        assertThat(schema.getFullName()).isEqualTo("orders");
        assertThat(schema.getFields().toString())
                .contains("id type:UNION", "price type:UNION", "at type:UNION", "tags type:UNION");

        String broken = file("broken.parquet", "PAR1 and nothing");
        assertThat(firn("schema", "infer", broken))
                .isEqualTo(new Cli.Answer(2, "", "firn: `" + broken + "`: it is no Parquet file, or a broken one\n"));
        assertThat(firn("schema", "infer", data, broken).err())
                .isEqualTo("firn: a Parquet file says its schema itself, so one at a time is read\n");
    }
}
