package dev.firn.cli.table;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The beginning of every answer about tables for programs. */
final class Json {

    /** Raised when a field changes its meaning or goes; new fields may come. */
    static final int VERSION = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode versioned() {
        return MAPPER.createObjectNode().put("version", VERSION);
    }
}
