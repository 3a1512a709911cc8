@NullMarked
package dev.firn.flink.session;

import org.jspecify.annotations.NullMarked;
