package dev.firn.definition.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class SameTreeTest {

    @Test
    void refusesToChangeWhatAFileSays() {
        assertThat(List.of("a: 1", "a: \"1\"", "a: [1]", "a: {b: 1}", "b: 1", "a: 1\nb: 1", "a: x"))
                .allSatisfy(one -> assertThat(List.of("a: 2", "a: \"2\"", "a: [2]", "a: {b: 2}", "c: 1"))
                        .noneMatch(other -> SameTree.is(tree(one), tree(other))));
        assertThat(SameTree.is(tree("a: \"1\""), tree("a: 1"))).isFalse();
        assertThat(SameTree.is(tree("a: \"x\""), tree("a: x"))).isTrue();
        assertThat(SameTree.is(tree("a: [1, 2]"), tree("a: [2, 1]"))).isFalse();
        assertThat(SameTree.is(tree("a: {b: 1, c: 2}"), tree("a: {c: 2, b: 1}")))
                .isFalse();
        assertThat(SameTree.is(tree("sink: 1\nsource: 2"), tree("source: 2\nsink: 1")))
                .isTrue();
        assertThat(SameTree.is(tree("sink: 1\nx: 2\ny: 3"), tree("sink: 1\ny: 3\nx: 2")))
                .isFalse();
    }

    private static Node tree(String text) {
        return YamlReader.read("x.yaml", text).value().orElseThrow();
    }
}
