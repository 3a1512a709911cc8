package dev.firn.schema.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.squareup.wire.schema.CoreLoader;
import com.squareup.wire.schema.ErrorCollector;
import com.squareup.wire.schema.Linker;
import com.squareup.wire.schema.Loader;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.ProtoFile;
import com.squareup.wire.schema.Schema;
import com.squareup.wire.schema.internal.SchemaEncoder;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import dev.firn.schema.registry.ProtobufText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@code .proto} text, read by Wire's parser and linked by Protobuf's own descriptors. */
public final class ProtobufFile {

    private static final String MAIN = "schema.proto";

    /** Options of Wire's own, which it looks at with every schema. */
    private static final String OF_WIRE = "wire/extensions.proto";

    private final FileDescriptor file;

    private ProtobufFile(FileDescriptor file) {
        this.file = file;
    }

    /** @throws NotProtobuf if it can't be read, or imports what is not there */
    public static ProtobufFile parse(String definition) throws NotProtobuf {
        try {
            return new ProtobufFile(new Descriptors(linked(ProtobufText.of(definition))).file(MAIN));
        } catch (InvalidProtocolBufferException | DescriptorValidationException | RuntimeException e) {
            // Wire's parser complains with IllegalStateException and its subclasses, of whatever is wrong with a text.
            throw new NotProtobuf(sentence(e));
        } catch (StackOverflowError e) {
            throw new NotProtobuf("it is nested too deeply");
        }
    }

    /** Its first message, which records are of unless they say otherwise; empty if it has none. */
    public Optional<Descriptor> first() {
        return file.getMessageTypes().stream().findFirst();
    }

    /** The message that a frame's indexes lead to, each among the messages of the one before; empty if there is none. */
    public Optional<Descriptor> at(List<Integer> indexes) {
        @Nullable Descriptor found = null;
        for (int index : indexes) {
            List<Descriptor> candidates = found == null ? file.getMessageTypes() : found.getNestedTypes();
            if (index < 0 || index >= candidates.size()) {
                return Optional.empty();
            }
            found = candidates.get(index);
        }
        return Optional.ofNullable(found)
                .filter(message -> !message.getOptions().getMapEntry());
    }

    /** The message of a full name, wherever it is nested. */
    public Optional<Descriptor> named(String fullName) {
        return named(fullName, file.getMessageTypes());
    }

    private static Optional<Descriptor> named(String fullName, List<Descriptor> messages) {
        for (Descriptor message : messages) {
            Optional<Descriptor> found = message.getFullName().equals(fullName)
                    ? Optional.of(message)
                    : named(fullName, message.getNestedTypes());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Schema linked(ProtobufText text) {
        ErrorCollector errors = new ErrorCollector();
        Schema schema =
                new Linker(new Imports(text.imports()), errors, true, true).link(List.of(read(MAIN, text.proto())));
        errors.throwIfNonEmpty();
        return schema;
    }

    private static ProtoFile read(String path, String text) {
        return ProtoFile.Companion.get(new ProtoParser(Location.get(path), text.toCharArray()).readProtoFile());
    }

    /** Wire says everything that it found, each with what it stands in on lines of their own that start with spaces. */
    private static String sentence(Throwable e) {
        String[] complaints = String.valueOf(e.getMessage()).split("\\R(?!\\s)", -1);
        String first = complaints[0].strip().replaceAll("\\s*\\R\\s*", ", ");
        return complaints.length == 1 ? first : first + "; and " + (complaints.length - 1) + " more";
    }

    /** What a text imports: from the registry, or one of the files that belong to Protobuf itself. */
    private record Imports(Map<String, String> files) implements Loader {

        @Override
        public ProtoFile load(String path) {
            if (path.equals(OF_WIRE)) {
                return CoreLoader.INSTANCE.load(path);
            }
            String text = files.get(path);
            return text == null ? ofProtobufItself(path) : read(path, text);
        }

        private static ProtoFile ofProtobufItself(String path) {
            // Producers register none of these: each of Protobuf's libraries has them.
            try (InputStream packed = FileDescriptor.class.getResourceAsStream("/" + path)) {
                if (packed == null || !path.startsWith("google/protobuf/")) {
                    throw new IllegalStateException("it imports `" + path + "`, which is not among its references");
                }
                return read(path, new String(packed.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Loader withErrors(ErrorCollector errors) {
            return this;
        }
    }

    /** Descriptors of the files of a schema, each made once. */
    private static final class Descriptors {

        private final Schema schema;
        private final SchemaEncoder encoder;
        private final Map<String, FileDescriptor> made = new HashMap<>();

        Descriptors(Schema schema) {
            this.schema = schema;
            this.encoder = new SchemaEncoder(schema);
        }

        FileDescriptor file(String path) throws InvalidProtocolBufferException, DescriptorValidationException {
            FileDescriptor known = made.get(path);
            if (known != null) {
                return known;
            }
            ProtoFile parsed = schema.protoFile(path);
            if (parsed == null) {
                throw new IllegalStateException("our bug: `" + path + "` was linked, and is not there");
            }
            FileDescriptorProto.Builder proto =
                    FileDescriptorProto.parseFrom(encoder.encode(parsed).toByteArray()).toBuilder();
            // Unless told so, a proto2 text that is not UTF-8 is read with question marks in place of what it had.
            proto.getOptionsBuilder().setJavaStringCheckUtf8(true);
            List<FileDescriptor> imported = new ArrayList<>();
            for (String dependency : proto.getDependencyList()) {
                imported.add(file(dependency));
            }
            FileDescriptor descriptor =
                    FileDescriptor.buildFrom(proto.build(), imported.toArray(FileDescriptor[]::new));
            made.put(path, descriptor);
            return descriptor;
        }
    }
}
