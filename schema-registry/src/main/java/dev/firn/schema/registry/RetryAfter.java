package dev.firn.schema.registry;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/** The header by which a server says when it wants to be asked again (RFC 9110); in seconds, as rate limits say it. */
final class RetryAfter {

    private RetryAfter() {}

    static Optional<Duration> of(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .map(String::strip)
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }
}
