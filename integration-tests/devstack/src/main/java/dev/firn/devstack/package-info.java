/**
 * A real Kafka broker and a real schema registry, as processes of their own.
 *
 * <p>Nothing here knows Firn, and nothing of the broker is seen by Firn: {@link dev.firn.devstack.DevstackProcess}, which
 * tests and the quickstart use, needs the JDK only and talks over pipes to the process that owns the two services.
 */
@NullMarked
package dev.firn.devstack;

import org.jspecify.annotations.NullMarked;
