@NullMarked
package dev.firn.cli.completion;

import org.jspecify.annotations.NullMarked;
