package dev.firn.schema.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The JDK's strict decoder takes the same bytes for text, and for the same text. */
class Utf8Test {

    private static final String REFUSED = "refused";

    /** What a wrong decoder would take for one that may follow: ASCII, the ends of what may, a start. */
    private static final int[] FOLLOWING = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff};

    private final CharsetDecoder jdk = StandardCharsets.UTF_8.newDecoder();

    @Test
    void sequencesOfUpToThreeBytesAreWhatTheJdkSays() {
        for (int first = 0; first <= 0xff; first++) {
            for (int second : FOLLOWING) {
                for (int third : FOLLOWING) {
                    assertSame(new byte[] {(byte) first, (byte) second, (byte) third}, 0, 3);
                }
                assertSame(new byte[] {(byte) first, (byte) second}, 0, 2);
            }
            assertSame(new byte[] {(byte) first}, 0, 1);
        }
    }

    @Test
    void sequencesOfFourBytesAreWhatTheJdkSays() {
        for (int first = 0xe0; first <= 0xff; first++) {
            for (int second : FOLLOWING) {
                for (int third : FOLLOWING) {
                    for (int fourth : FOLLOWING) {
                        assertSame(new byte[] {(byte) first, (byte) second, (byte) third, (byte) fourth}, 0, 4);
                    }
                }
            }
        }
    }

    @Test
    void textsOfAnyLengthAtAnyPlaceAreWhatTheJdkSays() {
        Random random = new Random(42);
        for (int length = 0; length < 100; length++) {
            for (int i = 0; i < 100; i++) {
                byte[] around = text(random, length, i % 10);
                int start = random.nextInt(around.length - length + 1);
                assertSame(around, start, length);
            }
        }
    }

    @Test
    void longTextsAreReadWhole() throws Rejected {
        String text = "größer, 東京 📦 ".repeat(2_000);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(Utf8.text(bytes, 0, bytes.length, "v")).isEqualTo(text);
    }

    /** Mostly ASCII, with some others, cut anywhere. */
    private static byte[] text(Random random, int length, int others) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length + 10) {
            int point = random.nextInt(10) < others ? random.nextInt(0x1_1000) : 'a' + random.nextInt(26);
            text.appendCodePoint(Character.isBmpCodePoint(point) && Character.isSurrogate((char) point) ? 'x' : point);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void assertSame(byte[] bytes, int start, int length) {
        String expected = strictly(bytes, start, length);
        String found;
        try {
            found = Utf8.text(bytes, start, length, "v");
        } catch (Rejected rejected) {
            assertThat(rejected.code()).isEqualTo(RejectCode.BAD_UTF8);
            found = REFUSED;
        }
        if (!found.equals(expected)) {
            assertThat(found)
                    .as(Arrays.toString(Arrays.copyOfRange(bytes, start, start + length)))
                    .isEqualTo(expected);
        }
    }

    private String strictly(byte[] bytes, int start, int length) {
        try {
            return jdk.decode(ByteBuffer.wrap(bytes, start, length)).toString();
        } catch (CharacterCodingException e) {
            return REFUSED;
        }
    }
}
