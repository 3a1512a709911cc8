package dev.firn.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FigureTableTest {

    private static String table(int figures, String name) {
        List<FigureTable.Column<String>> columns = IntStream.range(0, figures)
                .mapToObj(figure -> FigureTable.Column.<String>of("f" + figure, row -> figure))
                .toList();
        return new FigureTable<>("Partition", Function.<String>identity(), columns).text(List.of(name));
    }

    @Test
    void isAsWideAsAScreen() {
        assertThat(table(2, "kafka/orders-0").lines().filter(line -> !line.isEmpty()))
                .allSatisfy(line -> assertThat(line).hasSize(100));
    }

    @Test
    void isWiderWhereThereAreMoreFiguresThanThatHolds() {
        assertThat(table(9, "kafka/orders-0"))
                .isEqualTo(
                        """
                          Partition                      f0           f1           f2           f3           f4           f5           f6           f7           f8
                            kafka/orders-0                0            1            2            3            4            5            6            7            8

                        """);
    }

    @Test
    void namesThatAreTooLongStandAlone() {
        assertThat(table(9, "kafka/crm.public.customers-0").lines())
                .hasSize(4)
                .contains("    kafka/crm.public.customers-0");
    }
}
