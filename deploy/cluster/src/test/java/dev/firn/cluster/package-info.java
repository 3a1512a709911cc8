/** Real clusters, without a job. */
@NullMarked
package dev.firn.cluster;

import org.jspecify.annotations.NullMarked;
