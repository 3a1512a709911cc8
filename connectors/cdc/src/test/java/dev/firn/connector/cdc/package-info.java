@NullMarked
package dev.firn.connector.cdc;

import org.jspecify.annotations.NullMarked;
