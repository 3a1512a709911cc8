package dev.firn.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code lint} starts without Kafka and Flink. */
class LightClassPathTest {

    @Test
    void describesWithoutKafkaAndFlink() throws Exception {
        ClassLoader light = new Light(LightClassPathTest.class.getClassLoader());

        Object lines = light.loadClass(Probe.class.getName())
                .getDeclaredMethod("complaints")
                .invoke(null);

        assertThat(lines).asString().contains("no-bootstrap-servers");
        assertThatThrownBy(() -> light.loadClass("org.apache.kafka.clients.consumer.KafkaConsumer"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    /** Runs inside the light loader. */
    public static final class Probe {

        private Probe() {}

        public static String complaints() {
            var diagnostics = new dev.firn.definition.diagnostic.Diagnostics();
            new KafkaSourceConnector().describe(SourceFile.source("topics: [orders]\nproperties: {}\n"), diagnostics);
            return SourceFile.lines(diagnostics).toString();
        }
    }

    /** Loads Firn's classes itself and knows neither Kafka nor Flink nor Avro. */
    private static final class Light extends ClassLoader {

        Light(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.apache.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("dev.firn.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (@Nullable InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
