@NullMarked
package dev.firn.connector.cdc.postgres;

import org.jspecify.annotations.NullMarked;
