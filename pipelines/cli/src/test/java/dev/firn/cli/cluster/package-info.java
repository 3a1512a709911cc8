@NullMarked
package dev.firn.cli.cluster;

import org.jspecify.annotations.NullMarked;
