/** The answers of the verbs about schemas, for people and for programs. */
@NullMarked
package dev.firn.cli.schema;

import org.jspecify.annotations.NullMarked;
