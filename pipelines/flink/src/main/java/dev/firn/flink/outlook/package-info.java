/** What a pipeline's tables would become if a schema were registered: judged as its job does it, and done nowhere. */
@NullMarked
package dev.firn.flink.outlook;

import org.jspecify.annotations.NullMarked;
