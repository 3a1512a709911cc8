package dev.firn.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Options with their values, as {@code --name value}. */
record CommandLine(Map<String, String> given) {

    CommandLine {
        given = Map.copyOf(given);
    }

    /** @throws ClusterException with the usage, where there is something else */
    static CommandLine parse(String usage, Set<String> options, String... arguments) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int index = 0; index < arguments.length; index += 2) {
            String option = arguments[index];
            if (!options.contains(option)) {
                throw new ClusterException("unknown option `" + option + "`\n" + usage);
            }
            if (index + 1 == arguments.length) {
                throw new ClusterException("`" + option + "` has no value\n" + usage);
            }
            given.put(option, arguments[index + 1]);
        }
        return new CommandLine(given);
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(given.get(option));
    }

    /** @throws ClusterException where it is none from 1 to {@code most} */
    Optional<Integer> number(String option, int most, String usage) {
        return value(option).map(said -> {
            if (!said.matches("[1-9]\\d{0,4}") || Integer.parseInt(said) > most) {
                throw new ClusterException(
                        "`" + option + " " + said + "` is no number from 1 to " + most + "\n" + usage);
            }
            return Integer.parseInt(said);
        });
    }
}
