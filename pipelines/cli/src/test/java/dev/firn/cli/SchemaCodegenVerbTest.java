package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import dev.firn.cli.testing.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code firn schema codegen} writes and says. */
class SchemaCodegenVerbTest {

    private static final String ORDER =
            """
            {"type": "record", "name": "Order", "fields": [
              {"name": "status", "type": {"type": "enum", "name": "shop.Status", "symbols": ["NEW"]}}]}
            """;

    @TempDir
    private Path folder;

    @Test
    void saysWhatBecameOfEachFile() throws IOException {
        String schema = Files.writeString(folder.resolve("order.avsc"), ORDER).toString();
        String out = folder.resolve("src").toString();

        assertThat(firn("schema", "codegen", "--out", out, "--package", "shop", schema))
                .isEqualTo(new Cli.Answer(
                        0, "new  %1$s/shop/Order.java\nnew  %1$s/shop/Status.java\n".formatted(out), ""));
        assertThat(folder.resolve("src/shop/Order.java")).content().contains("\npackage shop;\n");

        Files.writeString(folder.resolve("order.avsc"), ORDER.replace("NEW", "OLD"));
        Files.delete(folder.resolve("src/shop/Order.java"));
        assertThat(firn("schema", "codegen", "--out", out, schema))
                .isEqualTo(
                        new Cli.Answer(
                                0,
                                "new      %1$s/Order.java\nchanged  %1$s/shop/Status.java\n".formatted(out),
                                "firn: `Order` has no namespace, so no class in a package can import it; `--package` gives it one\n"));
        assertThat(firn("schema", "codegen", "--out", out, schema).out())
                .isEqualTo("unchanged  %1$s/Order.java\nunchanged  %1$s/shop/Status.java\n".formatted(out));
    }

    @Test
    void writesNothingOverWhatSomebodyHasWritten() throws IOException {
        String schema = Files.writeString(folder.resolve("order.avsc"), ORDER).toString();
        Path status = Files.createDirectories(folder.resolve("shop")).resolve("Status.java");
        Files.writeString(status, "enum Status { MINE }");
        String out = folder.toString();

        assertThat(firn("schema", "codegen", "--out", out, schema))
                .isEqualTo(new Cli.Answer(
                        4,
                        "",
                        "firn: `%s` is in the way: it was not made by Avro's compiler; `--yes` writes over it\n"
                                .formatted(status)));
        assertThat(folder.resolve("Order.java")).doesNotExist();
        assertThat(status).hasContent("enum Status { MINE }");

        assertThat(firn("schema", "codegen", "--yes", "--package", "x", "--out", out, schema)
                        .out())
                .isEqualTo("changed  %1$s/shop/Status.java\nnew      %1$s/x/Order.java\n".formatted(out));
    }

    @Test
    void takesSubjectsOfARegistry() {
        try (Registry registry = new Registry()) {
            registry.register("orders-value", ORDER);
            String out = folder.toString();

            assertThat(firn(
                                    "schema",
                                    "codegen",
                                    "--registry",
                                    registry.url(),
                                    "--package",
                                    "shop",
                                    "--out",
                                    out,
                                    "orders-value@1")
                            .out())
                    .isEqualTo("new  %1$s/shop/Order.java\nnew  %1$s/shop/Status.java\n".formatted(out));
        }
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        String word =
                Files.writeString(folder.resolve("word.avsc"), "\"string\"").toString();

        assertThat(firn("schema", "codegen", word).err())
                .startsWith("firn schema codegen: `--out` needs a value: FOLDER\n");
        assertThat(firn("schema", "codegen", "--out", "x", "--package", "a-b", word)
                        .err())
                .startsWith("firn schema codegen: `a-b` is no value for `--package`, which takes NAME\n");
        assertThat(firn("schema", "codegen", "--out", "x", word))
                .isEqualTo(new Cli.Answer(
                        2,
                        "",
                        "firn: `%s` has no record, enum or fixed, and only those become classes\n".formatted(word)));
    }
}
