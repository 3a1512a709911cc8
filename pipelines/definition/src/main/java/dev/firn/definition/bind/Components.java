package dev.firn.definition.bind;

import java.util.Optional;
import java.util.Set;

/** What a file may name behind {@code type:}; this is how a definition learns of connectors without knowing one. */
public interface Components {

    /** The options record of a component, such as the {@code source} named {@code kafka}. */
    Optional<Class<? extends Record>> options(String kind, String type);

    /** The words that may stand behind {@code type:} of this kind. */
    Set<String> types(String kind);
}
