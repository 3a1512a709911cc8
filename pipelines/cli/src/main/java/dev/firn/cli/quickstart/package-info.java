/** The first minute with Firn: a broker, a registry, 100,012 records, and where every one of them went. */
@NullMarked
package dev.firn.cli.quickstart;

import org.jspecify.annotations.NullMarked;
