/** What the user wrote, typed, with its places kept: a file is read into nodes and bound to a {@code PipelineDefinition}. */
@NullMarked
package dev.firn.definition;

import org.jspecify.annotations.NullMarked;
