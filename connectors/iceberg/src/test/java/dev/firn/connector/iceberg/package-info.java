@NullMarked
package dev.firn.connector.iceberg;

import org.jspecify.annotations.NullMarked;
