/** The second phase, {@code bind}: nodes become records. The annotated record is the grammar; nothing about an option is written twice. */
@NullMarked
package dev.firn.definition.bind;

import org.jspecify.annotations.NullMarked;
