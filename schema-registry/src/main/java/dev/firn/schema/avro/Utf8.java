package dev.firn.schema.avro;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The slow and exact look at a text that may not be UTF-8: overlong forms and lone surrogates are not. */
final class Utf8 {

    private Utf8() {}

    static void check(byte[] bytes, int start, int length, String path) throws Rejected {
        ByteBuffer text = ByteBuffer.wrap(bytes, start, length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(text, CharBuffer.allocate(length), true);
        if (result.isError()) {
            int at = text.position() - start;
            throw new Rejected(
                    RejectCode.BAD_UTF8,
                    String.format(
                            Locale.ROOT,
                            "`%s` is not UTF-8: byte `0x%02x` at %d of %d",
                            path,
                            bytes[text.position()],
                            at,
                            length));
        }
    }
}
