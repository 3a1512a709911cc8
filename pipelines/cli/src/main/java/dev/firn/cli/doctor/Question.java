package dev.firn.cli.doctor;

import dev.firn.spi.health.HealthCheck;

/**
 * A check under the heading that it is told under.
 *
 * @param about the machine, the file, a source, the catalog
 */
public record Question(String about, HealthCheck check) {}
