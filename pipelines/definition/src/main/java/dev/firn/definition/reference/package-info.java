/** References such as {@code ${env:KAFKA}}: kept as text in definitions and plans, resolved in the process that uses the value. */
@NullMarked
package dev.firn.definition.reference;

import org.jspecify.annotations.NullMarked;
