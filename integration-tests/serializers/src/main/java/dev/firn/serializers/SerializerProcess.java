package dev.firn.serializers;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A serializer and a deserializer, named by their classes and configured as Kafka's clients do it, that answer lines:
 *
 * <pre>
 * serialize TOPIC SCHEMA RECORD   the record as Kafka would get it
 * deserialize TOPIC BYTES         the schema that the record came out with, and the record
 * </pre>
 *
 * Schemas are base64 of their JSON text, records are hexadecimal, in Avro's binary form without a frame. The process ends
 * with its standard input.
 */
public final class SerializerProcess {

    private final Serializer<Object> serializer;
    private final Deserializer<Object> deserializer;

    private SerializerProcess(Serializer<Object> serializer, Deserializer<Object> deserializer) {
        this.serializer = serializer;
        this.deserializer = deserializer;
    }

    /** Takes the two classes, then {@code name=value} for each setting. */
    @SuppressWarnings("unchecked") // Whatever they take besides, they take Avro's generic records.
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        Map<String, Object> settings = settings(arguments, 2);
        Serializer<Object> serializer = (Serializer<Object>) instance(arguments[0]);
        serializer.configure(settings, false);
        Deserializer<Object> deserializer = (Deserializer<Object>) instance(arguments[1]);
        deserializer.configure(settings, false);
        // Libraries print what they like; answers go past them.
        PrintStream answers = System.out;
        System.setOut(System.err);
        new SerializerProcess(serializer, deserializer)
                .serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), answers);
        System.exit(0);
    }

    static Map<String, Object> settings(String[] arguments, int from) {
        Map<String, Object> settings = new HashMap<>();
        for (int index = from; index < arguments.length; index++) {
            int equals = arguments[index].indexOf('=');
            settings.put(arguments[index].substring(0, equals), arguments[index].substring(equals + 1));
        }
        return settings;
    }

    private static Object instance(String name) throws ReflectiveOperationException {
        return Class.forName(name).getDeclaredConstructor().newInstance();
    }

    private void serve(BufferedReader requests, PrintStream answers) throws IOException {
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            String[] words = line.split(" ");
            try {
                answers.println(
                        words[0].equals("serialize")
                                ? serialized(words[1], words[2], words[3])
                                : deserialized(words[1], words[2]));
            } catch (IOException | RuntimeException problem) {
                problem.printStackTrace();
                answers.println("failed " + String.valueOf(problem).replaceAll("\\s+", " "));
            }
            answers.flush();
        }
    }

    private String serialized(String topic, String schemaText, String recordHex) throws IOException {
        Schema schema =
                new Schema.Parser().parse(new String(Base64.getDecoder().decode(schemaText), StandardCharsets.UTF_8));
        byte[] bytes = HexFormat.of().parseHex(recordHex);
        GenericRecord record = new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        return HexFormat.of().formatHex(serializer.serialize(topic, record));
    }

    private String deserialized(String topic, String framed) throws IOException {
        GenericRecord record =
                (GenericRecord) deserializer.deserialize(topic, HexFormat.of().parseHex(framed));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        String schema =
                Base64.getEncoder().encodeToString(record.getSchema().toString().getBytes(StandardCharsets.UTF_8));
        return schema + " " + HexFormat.of().formatHex(bytes.toByteArray());
    }
}
