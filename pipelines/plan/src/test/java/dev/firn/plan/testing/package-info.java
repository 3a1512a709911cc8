/** Connectors and a world of streams and tables that stand in for brokers, registries and catalogs. */
@NullMarked
package dev.firn.plan.testing;

import org.jspecify.annotations.NullMarked;
