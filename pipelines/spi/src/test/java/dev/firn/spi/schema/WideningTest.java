package dev.firn.spi.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.schema.ColumnType.Decimal;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WideningTest {

    @Test
    void takesOnlyWhatLosesNothing() {
        List<String> lossless = new ArrayList<>();
        for (Primitive values : Primitive.values()) {
            for (Primitive column : Primitive.values()) {
                if (values != column && Widening.isLossless(values, column)) {
                    lossless.add(values + " -> " + column);
                }
            }
        }
        assertThat(lossless).containsExactly("int -> long", "int -> double", "float -> double");
    }

    @Test
    void takesMoreDigitsAtTheSameScaleOnly() {
        assertThat(Widening.isLossless(new Decimal(10, 2), new Decimal(12, 2))).isTrue();
        assertThat(Widening.isLossless(new Decimal(12, 2), new Decimal(10, 2))).isFalse();
        assertThat(Widening.isLossless(new Decimal(10, 2), new Decimal(12, 3))).isFalse();
        assertThat(Widening.isLossless(Primitive.INT, new Decimal(12, 0))).isFalse();
    }

    @Test
    void aColumnIsTurnedIntoLessThanItTakes() {
        List<String> promotions = new ArrayList<>();
        for (Primitive from : Primitive.values()) {
            for (Primitive to : Primitive.values()) {
                if (Widening.isPromotion(from, to)) {
                    promotions.add(from + " -> " + to);
                }
            }
        }
        assertThat(promotions).containsExactly("int -> long", "float -> double");
        assertThat(Widening.isPromotion(new Decimal(10, 2), new Decimal(12, 2))).isTrue();
        assertThat(Widening.isPromotion(new Decimal(10, 2), new Decimal(12, 3))).isFalse();
    }
}
