package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.Split;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells an epoch from another of the same number and run: a task that was given up but still lives may write its own.
 * Only the very same staged files and counts may pass for what has landed.
 */
final class EpochDigest {

    private EpochDigest() {}

    static String of(Epoch epoch) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (DataOutputStream out =
                    new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
                write(epoch, out);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Epoch epoch, DataOutputStream out) throws IOException {
        out.writeLong(epoch.number());
        out.writeLong(epoch.run());
        text(epoch.planHash(), out);
        out.writeLong(epoch.checkpoint());
        out.writeInt(epoch.progress().size());
        for (SplitProgress line : epoch.progress()) {
            split(line.split(), out);
            out.writeLong(line.from());
            out.writeLong(line.to());
            out.writeLong(line.read());
        }
        out.writeInt(epoch.outcomes().size());
        for (OutcomeCount line : epoch.outcomes()) {
            split(line.split(), out);
            text(line.outcome().word(), out);
            text(line.table(), out);
            text(line.reason(), out);
            out.writeLong(line.records());
        }
        out.writeInt(epoch.staged().size());
        for (StagedFiles files : epoch.staged()) {
            text(files.table().full(), out);
            text(files.incarnation(), out);
            out.writeInt(files.pointer().length);
            out.write(files.pointer());
        }
    }

    private static void split(Split split, DataOutputStream out) throws IOException {
        text(split.source(), out);
        text(split.stream(), out);
        out.writeInt(split.partition());
        text(split.incarnation(), out);
    }

    private static void text(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
