package dev.firn.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.cli.run.Allowed;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Severity;
import dev.firn.flink.PlanParameters;
import dev.firn.flink.session.RemoteJob;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.PlanJson;
import dev.firn.plan.against.AgainstCode;
import dev.firn.plan.against.Comparison;
import dev.firn.plan.against.ComparisonText;
import dev.firn.plan.against.Difference;
import dev.firn.plan.against.NotAPlan;
import dev.firn.plan.against.StoredPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether files fit the job that runs.
 *
 * @param job its id
 * @param runs the plan that went along with it
 * @param schemas that it read with
 */
record UpgradeCheck(Screen screen, String job, StoredPlan runs, List<JsonNode> schemas, UpgradeSession.Wishes wishes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    UpgradeCheck {
        schemas = List.copyOf(schemas);
    }

    /** Empty where nobody can tell, which has been said. */
    static Optional<UpgradeCheck> of(Screen screen, RemoteJob job, UpgradeSession.Wishes wishes) {
        String why = " was too large to go along with it";
        try {
            Optional<String> plan = PlanParameters.plan(job.parameters());
            if (plan.isPresent()) {
                return Optional.of(
                        new UpgradeCheck(screen, job.id(), StoredPlan.read(plan.get()), schemas(plan.get()), wishes));
            }
        } catch (NotAPlan wrong) {
            why = " " + wrong.getMessage();
        }
        screen.progress("firn: the plan of job " + job.id() + why
                + ", so whether its state fits can't be told; `firn stop` and `firn submit` do not ask");
        return Optional.empty();
    }

    /** The exit code where there is nothing to do, or it must not be done; both have been said. */
    Optional<Integer> file(PipelineFile file, PipelinePlan plan) {
        Comparison comparison = Comparison.of(runs, StoredPlan.of(plan));
        if (comparison.differences().isEmpty() && schemas.equals(schemas(PlanJson.write(plan)))) {
            screen.result(file.path() + " is what job " + job + " runs by; it goes on, and nothing was changed\n");
            return Optional.of(ExitCode.DONE);
        }
        screen.diagnostics(text(comparison, file));
        List<Difference> unmeant = comparison.differences().stream()
                .filter(found -> !isMeant(found))
                .toList();
        if (unmeant.isEmpty()) {
            return Optional.empty();
        }
        screen.progress("firn: the job goes on as it is"
                + meaning(unmeant)
                        .map(words -> "; if all that is meant, say " + words)
                        .orElse(""));
        return Optional.of(ExitCode.REFUSED);
    }

    /** Done where a file to go back to is the one that runs; else it has been said. */
    int old(PipelineFile old, Optional<PipelineDefinition> definition) throws Exception {
        if (definition.isEmpty()) {
            screen.diagnostics(old.printed());
            return ExitCode.of(old.diagnostics());
        }
        return new PlannedQuestion(screen, old).askAgain(definition.get(), pipeline -> old(old, pipeline.plan()));
    }

    int old(PipelineFile old, PipelinePlan plan) {
        Comparison comparison = Comparison.of(runs, StoredPlan.of(plan));
        // A producer's newer schema has brought columns; those of a file stand in its settings too.
        if (comparison.differences().stream().allMatch(found -> found.code() == AgainstCode.COLUMNS_CHANGED)) {
            return ExitCode.DONE;
        }
        screen.diagnostics(text(comparison, old));
        screen.progress("firn: " + old.path() + " is not what the job runs by, so there is no going back to it;"
                + " nothing was stopped");
        return ExitCode.FILE;
    }

    /** A schema file may say something else of the same columns. */
    private static List<JsonNode> schemas(String plan) {
        try {
            return JSON.readTree(plan).findValues("schemas");
        } catch (JsonProcessingException ours) {
            throw new IllegalStateException("our bug: a plan that was read is no JSON", ours);
        }
    }

    private String text(Comparison comparison, PipelineFile file) {
        return ComparisonText.write(comparison, file.path().toString(), "the plan of job " + job);
    }

    private boolean isMeant(Difference found) {
        return switch (found.code().severity()) {
            case ERROR -> allowing(found.code())
                    .filter(wishes.allowed()::contains)
                    .isPresent();
            case DANGER -> wishes.yes();
            default -> true;
        };
    }

    /** What a start has to be allowed; empty where it is refused whatever is. */
    private static Optional<Allowed> allowing(AgainstCode code) {
        return code == AgainstCode.STREAM_READ_TWICE ? Optional.of(Allowed.READ_TWICE) : Allowed.named(code.code());
    }

    /** The words that would let all of it through, if there are any. */
    private static Optional<String> meaning(List<Difference> unmeant) {
        List<AgainstCode> codes =
                unmeant.stream().map(Difference::code).distinct().toList();
        if (codes.stream()
                .anyMatch(code ->
                        code.severity() == Severity.ERROR && allowing(code).isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(codes.stream()
                .map(code -> code.severity() == Severity.DANGER
                        ? "`--yes`"
                        : "`--allow " + allowing(code).orElseThrow().word() + "`")
                .distinct()
                .collect(Collectors.joining(" ")));
    }
}
