@NullMarked
package dev.firn.cli.grammar;

import org.jspecify.annotations.NullMarked;
