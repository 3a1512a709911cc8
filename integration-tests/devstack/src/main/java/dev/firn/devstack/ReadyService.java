package dev.firn.devstack;

import java.util.Locale;

/** A service that answers: what it is, where, and how long its start took. */
public record ReadyService(String name, String description, String address, double readySeconds) {

    /** The line for people: {@code broker  Kafka 3.9.2, KRaft  127.0.0.1:41092  ready in 1.6 s}. */
    String line() {
        return String.format(
                Locale.ROOT, "%-10s %-28s %-42s ready in %.1f s", name, description, address, readySeconds);
    }
}
