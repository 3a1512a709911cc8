package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Widening;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.junit.jupiter.api.Test;

class PromotionTest {

    @Test
    void aColumnIsSaidToWidenWhereIcebergWidensIt() {
        List<ColumnType> types = new ArrayList<>(List.of(ColumnType.Primitive.values()));
        types.addAll(List.of(
                new ColumnType.Decimal(10, 2),
                new ColumnType.Decimal(12, 2),
                new ColumnType.Decimal(12, 4),
                new ColumnType.Fixed(4),
                new ColumnType.Fixed(8)));
        for (ColumnType from : types) {
            for (ColumnType to : types) {
                Type.PrimitiveType iceberg = IcebergTypes.typeOf(to).asPrimitiveType();
                assertThat(Widening.isPromotion(from, to))
                        .as(from + " -> " + to)
                        .isEqualTo(!from.equals(to) && TypeUtil.isPromotionAllowed(IcebergTypes.typeOf(from), iceberg));
            }
        }
    }
}
