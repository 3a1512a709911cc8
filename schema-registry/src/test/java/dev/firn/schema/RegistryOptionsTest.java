package dev.firn.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.bind.Binder;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryOptionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {url: http://sr, username: firn}                             | 1:1 `username` and `password` go together: write both of them, or neither
            {url: http://sr, password: x}                                | 1:1 `username` and `password` go together: write both of them, or neither
            {url: http://sr, username: firn, password: x, token: y}      | 1:1 a registry is asked with `username` and `password` or with a `token`: remove one of the two
            {url: http://u:p@sr, token: y}                               | 1:1 the `url` holds a user, and so does `token`: remove one of the two
            {url: [http://a, 'https://u:p@b'], username: u, password: x} | 1:1 the `url` holds a user, and so does `username`: remove one of the two
            {url: http://sr, tls: {trusted: ca.pem}}                     | 1:1 `tls` is of no use with a `url` that starts with `http://`: write `https://`, or remove `tls`
            {url: https://sr, tls: {}}                                   | 1:24 `tls` names no file: write `trusted`, `certificate` or both, or remove it
            {url: https://sr, tls: {key: k.pem}}                         | 1:24 `key` is the key of a `certificate`: write that too, or remove `key`
            {url: https://sr, tls: {certificate: c, trusted-password: x}} | 1:24 `trusted-password` is the password of `trusted`, which is not given
            {url: https://sr, tls: {trusted: c, password: x}}            | 1:24 `password` is the password of `certificate` or its `key`, which are not given
            {url: https://sr, tls: {certificate: c, key: '-----BEGIN PRIVATE KEY-----'}} | 1:24 `key` is written out, and would be printed with the plan: write the name of a file, or `${secret:...}`
            {url: https://sr, tls: {certificate: '-----BEGIN CERTIFICATE----- -----BEGIN RSA PRIVATE KEY-----'}} | 1:24 the private key in `certificate` is written out, and would be printed with the plan: write the name of a file, or `${secret:...}`
            {url: https://sr, tls: {trusted: '-----BEGIN PRIVATE KEY-----'}} | 1:24 the private key in `trusted` is written out, and would be printed with the plan: write the name of a file, or `${secret:...}`
            """)
    void refusesWhatDoesNotGoTogether(String yaml, String complaint) {
        assertThat(complaints(yaml)).containsExactly(complaint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{url: http://sr}",
                "{url: [http://a, http://b]}",
                "{url: 'https://sr/a@b', token: '${secret:t}'}",
                "{url: '${env:REGISTRY}', username: u, password: '${secret:p}', tls: {trusted: ca.pem}}",
                "{url: 'http://a,https://b', tls: {certificate: c.p12, password: '${secret:p}'}}",
                "{url: https://sr, tls: {trusted: t.jks, trusted-password: x, certificate: c.pem, key: k.pem}}"
            })
    void takesWhatDoes(String yaml) {
        assertThat(complaints(yaml)).isEmpty();
    }

    @Test
    void neverShowsASecretThatIsRefused() {
        String yaml = "{url: http://sr, username: '${env:}firn', password: '${env:}hunter2', token: '${env:}hunter3',"
                + " tls: {trusted-password: '${env:}hunter4', password: '${env:}hunter5'}}";

        assertThat(complaints(yaml))
                .containsExactly(
                        "1:28 option `username` holds a malformed reference: `${env:}firn`",
                        "1:53 option `password` holds a malformed reference",
                        "1:78 option `token` holds a malformed reference",
                        "1:120 option `trusted-password` holds a malformed reference",
                        "1:148 option `password` holds a malformed reference");
    }

    private static List<String> complaints(String yaml) {
        Node.Mapping node =
                (Node.Mapping) YamlReader.read("shop.yaml", yaml).value().orElseThrow();
        return Binder.bind(node, RegistryOptions.class).diagnostics().stream()
                .map(RegistryOptionsTest::shown)
                .toList();
    }

    private static String shown(Diagnostic diagnostic) {
        return diagnostic.span().line() + ":" + diagnostic.span().column() + " " + diagnostic.message();
    }
}
