package dev.firn.definition.selector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    @ParameterizedTest
    @CsvSource({
        "orders,orders",
        "app-events.v1,app_events_v1",
        "2024-orders,_2024_orders",
        "Größe,Größe",
        "a\uD83D\uDE00b,a_b",
        "_x,_x"
    })
    void makesANameOfAStream(String stream, String name) {
        assertThat(Names.fromStream(stream)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "a.b,true",
        "a.b.c,true",
        "a-b.c_1,true",
        "1.2,true",
        "a,false",
        ".a,false",
        "a.,false",
        "a..b,false",
        "a b.c,false",
        "a.*,false",
        "-a.b,false",
        "a/b.c,false",
        "'',false"
    })
    void knowsATableName(String name, boolean valid) {
        assertThat(Names.isTableName(name)).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({"a,true", "a.b,true", "my-shop,true", "a.,false", "'',false", "a b,false"})
    void knowsANamespace(String name, boolean valid) {
        assertThat(Names.isNamespace(name)).isEqualTo(valid);
    }
}
