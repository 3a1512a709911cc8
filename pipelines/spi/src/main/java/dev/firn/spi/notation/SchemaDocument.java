package dev.firn.spi.notation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a schema is read from: a file, or a text that somebody has. */
public final class SchemaDocument {

    /** No schema is longer; a data file may be, and is not read as a text. */
    private static final int LONGEST = 64 << 20;

    private static final int HEAD = 4;

    private final String name;
    private final @Nullable Path path;
    private @Nullable String text;

    private SchemaDocument(String name, @Nullable Path path, @Nullable String text) {
        this.name = name;
        this.path = path;
        this.text = text;
    }

    public static SchemaDocument file(Path path) {
        return new SchemaDocument(path.toString(), path, null);
    }

    /** @param name as messages call it */
    public static SchemaDocument text(String name, String text) {
        return new SchemaDocument(name, null, text);
    }

    public String name() {
        return name;
    }

    /** Empty if it is a text. */
    public Optional<Path> path() {
        return Optional.ofNullable(path);
    }

    /** The name of the file without its folder and its ending: a name for what has none in it. */
    public String stem() {
        String file = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        int dot = file.indexOf('.', 1);
        return dot < 0 ? file : file.substring(0, dot);
    }

    public boolean endsWith(String ending) {
        return name.toLowerCase(java.util.Locale.ROOT).endsWith(ending);
    }

    /** The first four bytes, each as a character; fewer if there are not so many. */
    public String head() throws NotReadable {
        if (path == null) {
            String known = text();
            return known.substring(0, Math.min(HEAD, known.length()));
        }
        try (InputStream in = Files.newInputStream(path)) {
            return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new NotReadable("it can't be read");
        }
    }

    /** The whole as UTF-8. */
    public String text() throws NotReadable {
        if (text == null) {
            text = read(path);
        }
        return text;
    }

    private static String read(@Nullable Path path) throws NotReadable {
        if (path == null) {
            throw new IllegalStateException("our bug: a document that is neither a file nor a text");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new NotReadable("it is longer than 64 MiB, which no schema is");
            }
            String read = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return read.startsWith("\ufeff") ? read.substring(1) : read;
        } catch (CharacterCodingException e) {
            throw new NotReadable("it is not a text in UTF-8");
        } catch (IOException e) {
            throw new NotReadable("it can't be read");
        }
    }
}
