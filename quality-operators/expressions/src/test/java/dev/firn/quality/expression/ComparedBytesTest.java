package dev.firn.quality.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Fixed;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes are compared as numbers from 0 to 255, and what ends first is less. */
class ComparedBytesTest {

    private static final ExpressionCompiler COMPILER = new ExpressionCompiler(
            new TableSchema(List.of(
                    Column.required("a", Primitive.BINARY),
                    Column.required("b", Primitive.BINARY),
                    Column.required("c", new Fixed(2)),
                    Column.required("d", new Fixed(2)),
                    Column.required("s", Primitive.STRING))),
            (struct, index) -> null);

    private static @Nullable Object answer(String expression, String one, String other, String text)
            throws ExpressionFailed {
        HexFormat hex = HexFormat.of();
        // Within a larger array, as a decoder leaves them.
        byte[] within = hex.parseHex("ff" + one + "ff");
        return COMPILER.compile(expression).value().orElseThrow().evaluate(new Object[] {
            ByteBuffer.wrap(within, 1, within.length - 2),
            ByteBuffer.wrap(hex.parseHex(other)),
            hex.parseHex((one + "0000").substring(0, 4)),
            hex.parseHex((other + "0000").substring(0, 4)),
            text
        });
    }

    @ParameterizedTest
    @CsvSource({"00ff,0100,-1", "7f,80,-1", "80,7f,1", "0102,0102,0", "0102,010200,-1", "01ff02,01ff,1", "'',00,-1"})
    void inTheirOrder(String one, String other, int order) throws ExpressionFailed {
        assertThat(answer("a < b", one, other, "")).isEqualTo(order < 0);
        assertThat(answer("a <= b", one, other, "")).isEqualTo(order <= 0);
        assertThat(answer("a > b", one, other, "")).isEqualTo(order > 0);
        assertThat(answer("a >= b", one, other, "")).isEqualTo(order >= 0);
        assertThat(answer("a = b", one, other, "")).isEqualTo(order == 0);
        assertThat(answer("a between b and b", one, other, "")).isEqualTo(order == 0);
    }

    @ParameterizedTest
    @CsvSource({"00ff,0100,-1", "7fff,8000,-1", "8000,7fff,1", "0102,0102,0"})
    void ofOneLengthToo(String one, String other, int order) throws ExpressionFailed {
        assertThat(answer("c < d", one, other, "")).isEqualTo(order < 0);
        assertThat(answer("c >= d", one, other, "")).isEqualTo(order >= 0);
        assertThat(answer("c < b", one, other, "")).isEqualTo(order < 0);
        assertThat(answer("a <> d", one, other, "")).isEqualTo(order != 0);
    }

    @Test
    void aTextThatDoesNotMatchIsFoundToo() throws ExpressionFailed {
        assertThat(answer("s not rlike 'a.c'", "", "", "abc")).isEqualTo(false);
        assertThat(answer("s not rlike 'a.c'", "", "", "abd")).isEqualTo(true);
        assertThat(answer("s similar to '[^a-c]+'", "", "", "xyz")).isEqualTo(true);
        assertThat(answer("s similar to '[^a-c]+'", "", "", "xbz")).isEqualTo(false);
        assertThat(answer("s similar to 'a|b\\$'", "", "", "a")).isEqualTo(true);
        assertThat(answer("s /* it's */ = 'it''s' -- as it is", "", "", "it's")).isEqualTo(true);
    }
}
