package dev.firn.cli.lint;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.SuppressedDiagnostic;
import dev.firn.definition.diagnostic.Told;
import dev.firn.definition.project.Layers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts what was said under several environments together: each complaint once, with the environments that it is for. */
public final class InEnvironments {

    private final List<Heard> heard = new ArrayList<>();

    /** How far the reading came: where a file can't be read, nobody knows what its plan would have said. */
    public enum Reached {
        READ,
        PLANNED
    }

    private record Heard(String environment, Reached reached, Told told) {}

    public void add(String environment, Reached reached, Told told) {
        heard.add(new Heard(environment, reached, told));
    }

    public Told together() {
        List<Diagnostic> told = merged(one -> one.told().diagnostics()).entrySet().stream()
                .map(entry -> named(entry.getKey(), entry.getValue()))
                .sorted(Diagnostic.BY_PLACE)
                .toList();
        List<SuppressedDiagnostic> suppressed = merged(one -> one.told().suppressed()).entrySet().stream()
                .map(entry -> new SuppressedDiagnostic(
                        named(entry.getKey().diagnostic(), entry.getValue()),
                        entry.getKey().reason()))
                .sorted(Comparator.comparing(SuppressedDiagnostic::diagnostic, Diagnostic.BY_PLACE))
                .toList();
        return new Told(told, suppressed);
    }

    private <T> Map<T, List<Heard>> merged(Function<Heard, List<T>> said) {
        Map<T, List<Heard>> merged = new LinkedHashMap<>();
        for (Heard one : heard) {
            said.apply(one).forEach(each -> merged.computeIfAbsent(each, first -> new ArrayList<>())
                    .add(one));
        }
        return merged;
    }

    private Diagnostic named(Diagnostic diagnostic, List<Heard> in) {
        boolean planned = in.stream().allMatch(one -> one.reached() == Reached.PLANNED);
        long could = heard.stream()
                .filter(one -> !planned || one.reached() == Reached.PLANNED)
                .count();
        boolean said = in.size() == 1
                && diagnostic.path().endsWith(Layers.place(in.get(0).environment()));
        return in.size() == could || said ? diagnostic : diagnostic.within(names(in));
    }

    private static String names(List<Heard> in) {
        return in.size() == 1
                ? Layers.place(in.get(0).environment())
                : "environments " + in.stream().map(Heard::environment).collect(Collectors.joining(", "));
    }
}
