package dev.firn.definition.diagnostic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lines without what a complaint says is a secret; most secrets are known by their keys, these by their place alone. */
record WithoutSecrets(SourceText source, List<SourceSpan> secrets) implements SourceText {

    WithoutSecrets(SourceText source, Iterable<Diagnostic> diagnostics) {
        this(source, secrets(diagnostics));
    }

    private static List<SourceSpan> secrets(Iterable<Diagnostic> diagnostics) {
        List<SourceSpan> secrets = new ArrayList<>();
        for (Diagnostic diagnostic : diagnostics) {
            if (diagnostic.code() == DefinitionCode.SECRET_IN_CLEAR) {
                secrets.add(diagnostic.span());
            }
        }
        return List.copyOf(secrets);
    }

    @Override
    public Optional<String> line(String file, int line) {
        return source.line(file, line).map(text -> masked(file, line, text));
    }

    private String masked(String file, int line, String text) {
        int[] points = text.codePoints().toArray();
        for (SourceSpan secret : secrets) {
            if (secret.file().equals(file) && secret.line() == line) {
                int until = Math.min(points.length, secret.column() - 1 + secret.length());
                for (int index = secret.column() - 1; index < until; index++) {
                    points[index] = '*';
                }
            }
        }
        return new String(points, 0, points.length);
    }
}
