package dev.firn.definition.selector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTemplateTest {

    private static final TableTemplate TEMPLATE = new TableTemplate("shop.of_$by");

    @Test
    void makesANameOfAValue() {
        assertThat(TEMPLATE.expand("page-view")).isEqualTo("shop.of_page_view");
        assertThat(new TableTemplate("shop.$by").expand("1a")).isEqualTo("shop._1a");
        assertThat(TEMPLATE.namespace()).isEqualTo("shop");
    }

    @Test
    void knowsWhichNamesItCanMake() {
        assertThat(TEMPLATE.canBe("shop.of_click")).isTrue();
        assertThat(TEMPLATE.canBe("shop.of_")).isFalse();
        assertThat(TEMPLATE.canBe("shop.of_a-b")).isFalse();
        assertThat(TEMPLATE.canBe("shops.of_click")).isFalse();
    }

    @Test
    void knowsWhichSelectorsMaySelectItsNames() {
        assertThat(TEMPLATE.meets("shop.of_click")).isTrue();
        assertThat(TEMPLATE.meets("*.of_click*")).isTrue();
        assertThat(TEMPLATE.meets("*")).isTrue();
        assertThat(TEMPLATE.meets("shop.*")).isTrue();
        assertThat(TEMPLATE.meets("*click")).isTrue();
        assertThat(TEMPLATE.meets("shop.of_")).isFalse();
        assertThat(TEMPLATE.meets("nowhere.*")).isFalse();
        assertThat(TEMPLATE.meets("*-view")).isFalse();
    }
}
