package dev.firn.cli;

/** How a plan is written. */
enum PlanFormat {
    TEXT,
    JSON,
    /** A graph, in the language of Graphviz. */
    DOT
}
