package dev.firn.quality.expression.function;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The ways to call a function; the first that takes the arguments is meant. */
record Signatures(String name, List<Signature> ways) implements Rule {

    static Signatures of(String name, Signature... ways) {
        return new Signatures(name, List.copyOf(Arrays.asList(ways)));
    }

    @Override
    public Typed resolve(List<Typed> arguments) throws NotApplicable {
        for (Signature way : ways) {
            Optional<Typed> applied = way.apply(arguments);
            if (applied.isPresent()) {
                return applied.orElseThrow();
            }
        }
        throw complaint(arguments);
    }

    private NotApplicable complaint(List<Typed> arguments) {
        String expected = ways.stream().map(way -> "`" + way.words(name) + "`").collect(Collectors.joining(" or "));
        List<Signature> ofThatSize =
                ways.stream().filter(way -> way.size() == arguments.size()).toList();
        if (ofThatSize.isEmpty()) {
            return Arguments.wrongCount(
                            name,
                            arguments.size(),
                            ways.stream().map(Signature::size).distinct().toList())
                    .expecting(expected);
        }
        Signature closest = ofThatSize.get(0);
        int wrong = closest.firstWrong(arguments).orElse(0);
        NotApplicable complaint = NotApplicable.because(
                        "`" + name + "` can't take `" + arguments.get(wrong).word() + "`"
                                + (arguments.size() == 1 ? "" : " as its " + Arguments.ordinal(wrong) + " argument"))
                .at(wrong)
                .expecting(expected);
        boolean castable = Casts.exists(arguments.get(wrong).type(), closest.parameter(wrong));
        return ways.size() == 1 && castable
                ? complaint.fixedBy("convert it: `cast(... as " + closest.parameter(wrong) + ")`")
                : complaint;
    }
}
