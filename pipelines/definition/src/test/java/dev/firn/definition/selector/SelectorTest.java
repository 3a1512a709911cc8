package dev.firn.definition.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {

    @ParameterizedTest
    @CsvSource({
        "orders,orders,true",
        "orders,Orders,false",
        "orders,orders2,false",
        "a.b,axb,false",
        "*,anything.at-all,true",
        "*,'',true",
        "orders*,orders,true",
        "orders*,my_orders,false",
        "*.orders,sales.orders,true",
        "a*c*e,abcde,true",
        "a*c*e,abcd,false",
        "/clicks_shard\\d+/,clicks_shard12,true",
        "/clicks_shard\\d+/,clicks_shard12b,false",
        "/a|b/,b,true",
        "/a|b/,ab,false"
    })
    void selectsWholeNames(String selector, String name, boolean selected) {
        assertThat(Selector.parse(selector).matches(name)).isEqualTo(selected);
    }

    @Test
    void tellsWhatTheGroupsTook() {
        assertThat(Selector.parse("orders").match("orders")).contains(List.of());
        assertThat(Selector.parse("*_*").match("a_b_c")).contains(List.of("a_b", "c"));
        assertThat(Selector.parse("/(\\w+)-(x)?(?:y)?/").match("ab-y")).contains(List.of("ab", ""));
        assertThat(Selector.parse("a*").match("b")).isEmpty();
    }

    @Test
    void selectsAmongTheStreamsOfOneSource() {
        Selector selector = Selector.parse("crm/public.*");
        assertThat(selector.match("crm", "public.orders")).contains(List.of("orders"));
        assertThat(selector.match("shop", "public.orders")).isEmpty();
        assertThat(selector.source()).contains("crm");
        assertThat(Selector.parse("public.*").match("any", "public.orders")).contains(List.of("orders"));
        assertThat(Selector.parse("/a/").source()).isEmpty();
    }

    @Test
    void knowsItsGroupsAndItsOneName() {
        assertThat(Selector.parse("a*b*").groups()).isEqualTo(2);
        assertThat(Selector.parse("/(a)(?:b)(c)/").groups()).isEqualTo(2);
        assertThat(Selector.parse("orders").literal()).contains("orders");
        assertThat(Selector.parse("orders*").literal()).isEmpty();
        assertThat(Selector.parse("/orders/").literal()).isEmpty();
        assertThat(Selector.parse("orders")).isEqualTo(Selector.parse("orders")).hasToString("orders");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "' '|is empty",
                "a,b|holds a comma, and is one selector",
                "a(b|holds `(`, which means something only in a regular expression",
                "/|starts with a slash but does not end with one",
                "//|starts with a slash but does not end with one",
                "/a|starts with a slash but does not end with one",
                "/(/|is no regular expression (unclosed group at character 3)",
                "/a**/|is no regular expression (dangling meta character '*' at character 4)"
            })
    void refusesWhatSelectsNothing(String text, String reason) {
        assertThatExceptionOfType(InvalidSelector.class)
                .isThrownBy(() -> Selector.parse(text))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void knowsBeginningsBehindWhichItSelectsNothing() {
        assertThat(Selector.parse("/crm\\.(orders|refunds)/").mayBegin("crm.")).isTrue();
        assertThat(Selector.parse("/crm\\.(orders|refunds)/").mayBegin("crm.ref"))
                .isTrue();
        assertThat(Selector.parse("/crm\\.(orders|refunds)/").mayBegin("crm.log_"))
                .isFalse();
        assertThat(Selector.parse("/crm\\.(orders|refunds)/").mayBegin("crm.orders_"))
                .isFalse();
        assertThat(Selector.parse("/.*_log/").mayBegin("crm.")).isTrue();
        assertThat(Selector.parse("crm.a*").mayBegin("crm.")).isTrue();
        assertThat(Selector.parse("crm.a*").mayBegin("crm.abc")).isTrue();
        assertThat(Selector.parse("crm.a*").mayBegin("shop.")).isFalse();
    }
}
