package dev.firn.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineTest {

    @Test
    void keepsWhatWouldBreakALine() {
        Line line = Line.of("register", "a\tb", "{\n \"doc\": \"C:\\\\new\\table\" }\r\n", "", "größer");

        assertThat(line.text()).doesNotContain("\n", "\r");
        assertThat(Line.parse(line.text())).isEqualTo(line);
    }

    @Test
    void isWrittenWithTabs() {
        assertThat(Line.of("create-topic", "orders", 6).text()).isEqualTo("create-topic\torders\t6");
    }
}
