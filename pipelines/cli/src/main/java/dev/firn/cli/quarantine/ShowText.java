package dev.firn.cli.quarantine;

import dev.firn.cli.audit.AuditText;
import dev.firn.cli.help.Paragraph;
import dev.firn.cli.preview.Cells;
import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.sink.QuarantinedRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One quarantined record for people, once for each table that lacks it, with its first bytes. */
public final class ShowText {

    private static final int BYTES_OF_A_LINE = 16;
    private static final int LINES = 32;
    private static final int LABEL = 10;

    private ShowText() {}

    /** @param file as the command line names the pipeline's */
    public static String write(List<ShownRow> rows, String file) {
        StringBuilder text = new StringBuilder();
        for (ShownRow shown : rows) {
            QuarantinedRow row = shown.row();
            text.append(RecordPlace.of(row)).append('\n');
            line("why", row.code() + ": " + row.message(), text);
            line("table", row.table().orElse("none was found"), text);
            line("since", AuditText.time(row.at()) + " UTC, " + row.pipeline() + ", run " + row.run(), text);
            RawRecord record = row.record();
            if (record.timestamp() != RawRecord.NO_TIMESTAMP) {
                line("written", AuditText.time(Instant.ofEpochMilli(record.timestamp())) + " UTC", text);
            }
            row.replayed().ifPresent(at -> line("put back", AuditText.time(at) + " UTC", text));
            if (shown.notOpened().isPresent()) {
                String why = "encrypted with `" + shown.encryptedWith() + "`, not opened: "
                        + shown.notOpened().get();
                line("bytes", why, text);
                text.append('\n');
                continue;
            }
            for (Header header : record.headers()) {
                line("header", Cells.onOneLine(header.key()) + ": " + words(header.value()), text);
            }
            if (record.key() == null && record.value() == null) {
                line("bytes", "none: the record had none, or `payload: none` keeps none", text);
            } else {
                bytes("key", record.key(), record.keySchemaId(), text);
                bytes("value", record.value(), record.valueSchemaId(), text);
            }
            text.append('\n');
        }
        boolean waits = rows.stream().anyMatch(shown -> shown.row().replayed().isEmpty());
        return text.append(
                        waits
                                ? "put it back when it is mended:  firn replay "
                                        + rows.get(0)
                                                .row()
                                                .rule()
                                                .map(rule -> "--rule " + rule)
                                                .orElse("--code "
                                                        + rows.get(0).row().code())
                                        + " " + file + "\n"
                                : "")
                .toString();
    }

    private static void line(String label, String words, StringBuilder text) {
        String first = String.format("  %-" + LABEL + "s", label);
        text.append(Paragraph.wrapped(Cells.onOneLine(words), first, " ".repeat(first.length())))
                .append('\n');
    }

    private static String words(byte @Nullable [] bytes) {
        return bytes == null ? "-" : Cells.onOneLine(new String(bytes, StandardCharsets.UTF_8));
    }

    private static void bytes(String label, byte @Nullable [] bytes, int schemaId, StringBuilder text) {
        if (bytes == null) {
            line(label, "none", text);
            return;
        }
        String framed = schemaId == RawRecord.NO_SCHEMA_ID ? "" : ", schema id " + schemaId;
        line(label, String.format("%,d bytes%s", bytes.length, framed), text);
        int lines = Math.min(LINES, (bytes.length + BYTES_OF_A_LINE - 1) / BYTES_OF_A_LINE);
        for (int line = 0; line < lines; line++) {
            int from = line * BYTES_OF_A_LINE;
            hexLine(bytes, from, Math.min(bytes.length, from + BYTES_OF_A_LINE), text);
        }
        int shown = Math.min(bytes.length, lines * BYTES_OF_A_LINE);
        if (shown < bytes.length) {
            text.append(String.format("    and %,d more; all of them with --format json%n", bytes.length - shown));
        }
    }

    private static void hexLine(byte[] bytes, int from, int to, StringBuilder text) {
        StringBuilder hex = new StringBuilder();
        StringBuilder letters = new StringBuilder();
        for (int at = from; at < to; at++) {
            hex.append(String.format("%02x ", bytes[at]));
            letters.append(bytes[at] >= ' ' && bytes[at] <= '~' ? (char) bytes[at] : '.');
        }
        text.append(String.format("    %06x  %-" + 3 * BYTES_OF_A_LINE + "s %s%n", from, hex, letters));
    }
}
