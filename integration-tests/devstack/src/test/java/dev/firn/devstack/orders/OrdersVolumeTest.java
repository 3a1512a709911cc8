package dev.firn.devstack.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrdersVolumeTest {

    @Test
    void isTheQuickstarts() {
        assertThat(OrdersVolume.quickstart()).isEqualTo(new OrdersVolume(80_000, 512, 5, 3, 4, 20_000));
        assertThat(OrdersVolume.quickstart().ordersRecords()).isEqualTo(80_012);
    }

    @Test
    void keepsProportionsButNotFewerUndecodableOnes() {
        assertThat(OrdersVolume.scaledTo(2_000)).isEqualTo(new OrdersVolume(2_000, 12, 5, 3, 4, 500));
    }

    @Test
    void refusesMoreTestOrdersThanOrders() {
        assertThatThrownBy(() -> new OrdersVolume(5, 6, 0, 0, 0, 0)).hasMessage("6 test orders among 5 orders");
    }

    @Test
    void hasExactlyAsManyTestOrdersAsAskedFor() {
        Orders orders = new Orders(1, new OrdersVolume(7_919, 101, 0, 0, 0, 0));

        assertThat(IntStream.rangeClosed(1, 7_919)
                        .filter(number -> orders.order(number).get("region").equals("TEST")))
                .hasSize(101);
    }
}
