package dev.firn.schema.infer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** The bytes of a text in UTF-8, looked at as they pass: overlong forms, lone surrogates and zeros are no text. */
final class TextInput extends FilterInputStream {

    private long line = 1;
    private int wanted;
    private int least = FIRST;
    private int most = LAST;

    private static final int FIRST = 0x80;
    private static final int LAST = 0xbf;

    /** What has passed is no text. */
    static final class NotText extends IOException {
        private static final long serialVersionUID = 1L;

        NotText(String message) {
            super(message);
        }
    }

    TextInput(InputStream bytes) {
        super(bytes);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        if (count < 0 && wanted > 0) {
            throw new NotText("line " + line + " ends within a character");
        }
        for (int at = offset; at < offset + count; at++) {
            look(bytes[at]);
        }
        return count;
    }

    private void look(byte next) throws NotText {
        if (wanted == 0 && next > 0) {
            line += next == '\n' ? 1 : 0;
            return;
        }
        int unsigned = next & 0xff;
        if (wanted > 0) {
            if (unsigned < least || unsigned > most) {
                throw notText(unsigned);
            }
            wanted--;
            least = FIRST;
            most = LAST;
            return;
        }
        begin(unsigned);
    }

    /** The first byte of a character that is not ASCII, and what its second one may be. */
    private void begin(int first) throws NotText {
        if (first == 0) {
            throw new NotText("line " + line + " holds a zero byte, which no text does");
        }
        if (first < 0xc2 || first > 0xf4) {
            throw notText(first);
        }
        wanted = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
        least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : FIRST;
        most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : LAST;
    }

    private NotText notText(int found) {
        return new NotText(String.format(
                Locale.ROOT,
                "line %d is not UTF-8: byte `0x%02x`; if the file is in another encoding, convert it, as in"
                        + " `iconv -f LATIN1 -t UTF-8`",
                line,
                found));
    }
}
