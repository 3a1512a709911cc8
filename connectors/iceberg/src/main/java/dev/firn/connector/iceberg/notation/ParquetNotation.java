package dev.firn.connector.iceberg.notation;

import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.NotExpressible;
import dev.firn.spi.notation.NotReadable;
import dev.firn.spi.notation.Notation;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.ReadSchema;
import dev.firn.spi.notation.SchemaDocument;
import dev.firn.spi.notation.WrittenSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** A Parquet file's footer, or a {@code message} as parquet-java prints it. */
public final class ParquetNotation implements Notation {

    private static final String MAGIC = "PAR1";
    private static final Pattern MESSAGE =
            Pattern.compile("\\s*message\\s+[^{]*\\{\\s*(required|optional|repeated)\\s", Pattern.DOTALL);

    @Override
    public String word() {
        return "parquet";
    }

    @Override
    public Claim claim(SchemaDocument document) {
        if (document.endsWith(".proto")) {
            // The beginning of its messages looks the same.
            return Claim.NONE;
        }
        try {
            String head = document.head();
            boolean message = (head.startsWith("mess") || head.isBlank())
                    && MESSAGE.matcher(document.text()).lookingAt();
            if (head.equals(MAGIC) || message) {
                return Claim.CONTENT;
            }
        } catch (NotReadable e) {
            return Claim.NONE;
        }
        return document.endsWith(".parquet") ? Claim.NAME : Claim.NONE;
    }

    @Override
    public ReadSchema read(SchemaDocument document) throws NotReadable {
        boolean binary = document.endsWith(".parquet") || document.head().equals(MAGIC);
        return document.path().isPresent() && binary ? footer(document.path().get()) : message(document.text());
    }

    @Override
    public WrittenSchema write(PortableSchema schema) throws NotExpressible {
        Losses losses = new Losses("Parquet");
        PortableSchema fitted = new ParquetFitting(losses).fit(schema);
        losses.requireNoMisfits();
        return new WrittenSchema(ParquetTypes.message(fitted).toString(), losses.all());
    }

    private static ReadSchema message(String text) throws NotReadable {
        MessageType message;
        try {
            message = MessageTypeParser.parseMessageType(text);
        } catch (RuntimeException | StackOverflowError e) {
            throw new NotReadable("it is no message of Parquet: " + sentence(e));
        }
        Losses losses = new Losses("a schema of columns");
        return new ReadSchema(new ParquetShapes(losses).schema(message), losses.all());
    }

    private static ReadSchema footer(Path path) throws NotReadable {
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withMetadataFilter(ParquetMetadataConverter.SKIP_ROW_GROUPS)
                .build();
        LocalInputFile file = new LocalInputFile(path);
        FileMetaData metadata;
        try (SeekableInputStream in = file.newStream()) {
            metadata = ParquetFileReader.readFooter(file, options, in).getFileMetaData();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new NotReadable("it is no Parquet file, or a broken one");
        }
        Losses losses = new Losses("a schema of columns");
        PortableSchema schema = new ParquetShapes(losses).schema(metadata.getSchema());
        new TreeSet<>(metadata.getKeyValueMetaData().keySet())
                .forEach(key -> losses.lose("", "the file's property `" + key + "`"));
        return new ReadSchema(schema, losses.all());
    }

    private static String sentence(Throwable e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return e instanceof StackOverflowError ? "it is nested too deeply" : message;
    }
}
