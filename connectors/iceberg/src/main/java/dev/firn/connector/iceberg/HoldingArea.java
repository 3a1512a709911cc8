package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;

/**
 * A folder beside the ledger where files wait whose table's own location can't be written to, with a mark for each such table.
 *
 * @param ledger kept for its storage: a REST catalog closes that of a table which nobody has any more
 */
record HoldingArea(Table ledger) {

    /** A file is known by its name, so that it is also known where somebody has moved the ledger. */
    private static final String PREFIX = "firn-held-";

    private static final String MARK = "unwritable";

    /** What a mark says that can't be read, since two processes have made it at once. */
    private static final String BY_TWO = "by two at once";

    private static final Object MARKING = new Object();

    static HoldingArea open(LakeTables tables, TableName ledger) {
        return new HoldingArea(tables.load(ledger));
    }

    /** Whether a path is one that {@link #place} has given. */
    static boolean isHeld(String path) {
        return name(path).startsWith(PREFIX);
    }

    /** A name for the copy in the table; another one each time, so that no file of a table is ever written twice. */
    static String nameInTable(String held) {
        return UUID.randomUUID() + "-" + name(held).substring(PREFIX.length());
    }

    FileIO io() {
        return ledger.io();
    }

    /** A place that nobody else has. */
    String place(TableName table, String name) {
        return folder(table) + PREFIX + name;
    }

    /** Where {@link RememberedTables} keeps what the table looks like; most cleaners of orphan files pass such a folder by. */
    String placeOfLooks(TableName table) {
        return beside("_looks") + table.full() + ".metadata.json";
    }

    /** Says that the table's location can't be written to, until {@link #unmark}. */
    void mark(TableName table, String reason) {
        String text = UUID.randomUUID() + "\n" + Instant.now() + " " + reason + "\n";
        // On a local disk a file's checksum is in a file beside it: of two that write at once one's text gets the
        // other's sum.
        synchronized (MARKING) {
            try (OutputStream out = io().newOutputFile(markOf(table)).createOrOverwrite()) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What the table's mark says, if it has one. */
    Optional<String> readMark(TableName table) {
        InputFile mark = io().newInputFile(markOf(table));
        if (!mark.exists()) {
            return Optional.empty();
        }
        try (InputStream in = mark.newStream()) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (NotFoundException gone) {
            return Optional.empty();
        } catch (ChecksumException byTwo) {
            return Optional.of(BY_TWO);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a mark away, unless another one has been made since it was read. */
    void unmark(TableName table, String seen) {
        if (readMark(table).filter(seen::equals).isPresent()) {
            io().deleteFile(markOf(table));
        }
    }

    private String markOf(TableName table) {
        return folder(table) + MARK;
    }

    private String folder(TableName table) {
        return beside("held") + table.full() + "/";
    }

    private String beside(String folder) {
        return ledger.location().replaceFirst("/+$", "") + "/" + folder + "/";
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
