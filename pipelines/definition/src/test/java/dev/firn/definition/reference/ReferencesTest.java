package dev.firn.definition.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.reference.Reference.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencesTest {

    @Test
    void findsEveryFormInItsOrder() {
        assertThat(
                        References.in(
                                "a${env:X}b${env:X:-}${env:X:-l:-9}${file:./a.b}${file:/a/b.properties:k.l}${secret:kafka-jaas}"))
                .containsExactly(
                        new Reference("${env:X}", Kind.ENV, "X", Optional.empty()),
                        new Reference("${env:X:-}", Kind.ENV, "X", Optional.of("")),
                        new Reference("${env:X:-l:-9}", Kind.ENV, "X", Optional.of("l:-9")),
                        new Reference("${file:./a.b}", Kind.FILE, "./a.b", Optional.empty()),
                        new Reference("${file:/a/b.properties:k.l}", Kind.FILE, "/a/b.properties", Optional.of("k.l")),
                        new Reference("${secret:kafka-jaas}", Kind.SECRET, "kafka-jaas", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "$", "$x", "{x}", "$${env:X}", "$$${", "a$${b$${c"})
    void findsNothingWhereNothingIs(String text) {
        assertThat(References.in(text)).isEmpty();
        assertThat(References.malformed(text)).isEmpty();
        assertThat(References.standIn(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${",
                "${}",
                "${X}",
                "${env:}",
                "${env:1X}",
                "${env:X:default}",
                "${env:X",
                "${file:}",
                "${file:a:}",
                "${secret:}",
                "${secret:../x}",
                "${secret:a/b}",
                "${foo:x}",
                "${ env:X }",
                "${ENV:X}"
            })
    void namesTheMalformedOne(String text) {
        assertThat(References.malformed("${env:OK} $${ " + text)).contains(text);
        assertThat(References.standIn(text)).isTrue();
    }
}
