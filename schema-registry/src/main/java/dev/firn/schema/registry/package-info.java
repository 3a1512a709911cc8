/** Asks a schema registry over Confluent's REST interface, patiently where a job runs. */
@NullMarked
package dev.firn.schema.registry;

import org.jspecify.annotations.NullMarked;
