package dev.firn.cli.run;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.plan.PipelinePlan;
import dev.firn.spi.Connectors;
import dev.firn.spi.sink.Lake;

/** A plan and what it takes to act on it; whoever opened the lake closes it. */
public record PlannedPipeline(
        PipelineDefinition definition,
        PipelinePlan plan,
        Lake lake,
        Connectors connectors,
        ReferenceResolver references) {}
