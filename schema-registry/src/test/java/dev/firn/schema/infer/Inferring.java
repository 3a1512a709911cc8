package dev.firn.schema.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.schema.infer.InferenceRules.Fractions;
import dev.firn.schema.notation.avro.AvroNotation;
import dev.firn.spi.notation.NotExpressible;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.Schema;
import org.assertj.core.api.ThrowableAssert;

/** Files of data in a folder, and what is inferred from them. */
record Inferring(Path folder) {

    static final Inference PLAIN = new Inference(
            Optional.empty(),
            new CsvOptions(Optional.empty(), CsvOptions.Header.FIRST_LINE),
            Fractions.DOUBLE,
            OptionalLong.empty());

    static final Inference DECIMALS =
            new Inference(PLAIN.format(), PLAIN.csv(), Fractions.DECIMAL, OptionalLong.empty());

    static Inference sample(long records) {
        return new Inference(PLAIN.format(), PLAIN.csv(), PLAIN.fractions(), OptionalLong.of(records));
    }

    static Inference csv(char delimiter, CsvOptions.Header header) {
        return new Inference(
                PLAIN.format(),
                new CsvOptions(Optional.of(delimiter), header),
                PLAIN.fractions(),
                OptionalLong.empty());
    }

    /** Each single quotation mark is a double one in the file. */
    Inferred json(String text) throws NotInferable {
        return of(PLAIN, "d.json", text.replace('\'', '"'));
    }

    Inferred csv(String text) throws NotInferable {
        return of(PLAIN, "d.csv", text);
    }

    Inferred of(Inference inference, String name, String text) throws NotInferable {
        return inference.of("R", List.of(file(name, text.getBytes(StandardCharsets.UTF_8))));
    }

    Path file(String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of files that were written, without their folder, which no message should depend on. */
    void refused(String name, byte[] bytes, String message) {
        refused(() -> PLAIN.of("R", List.of(file(name, bytes))), message);
    }

    void refused(ThrowableAssert.ThrowingCallable inferring, String message) {
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(NotInferable.class, inferring))
                .extracting(wrong -> String.valueOf(wrong.getMessage()).replace(folder + "/", ""))
                .isEqualTo(message);
    }

    /** The rows, a line each. */
    static List<String> rows(Inferred inferred) {
        return inferred.rows().stream()
                .map(row -> row.path() + " " + row.type() + " " + row.absent() + "/" + row.count()
                        + (row.values().isEmpty() ? "" : " " + row.values()))
                .toList();
    }

    List<String> remarks(Inferred inferred) {
        return inferred.remarks().stream()
                .map(remark -> remark.replace(folder + "/", ""))
                .toList();
    }

    static Schema avro(Inferred inferred) {
        try {
            return new Schema.Parser()
                    .parse(new AvroNotation().write(inferred.schema()).text());
        } catch (NotExpressible e) {
            throw new AssertionError(e);
        }
    }
}
