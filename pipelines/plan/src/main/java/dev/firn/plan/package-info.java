/**
 * The third phase, {@code plan}: a definition, the schemas and the tables that exist become a {@code PipelinePlan}, a
 * value that can be printed, compared and stored. The outside is seen only through {@code PlanContext}.
 */
@NullMarked
package dev.firn.plan;

import org.jspecify.annotations.NullMarked;
