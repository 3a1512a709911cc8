/** The benchmarks' door to the rows that the connector writes. */
@NullMarked
package dev.firn.connector.iceberg;

import org.jspecify.annotations.NullMarked;
