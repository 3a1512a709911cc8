package dev.firn.plan;

import java.util.Optional;

/** The project that a pipeline is planned in, and the environment; no part of what is planned, so of no hash. */
public record ProjectPlan(String name, Optional<String> environment) {}
