package dev.firn.cli.cluster;

import dev.firn.definition.PipelineDefinition;
import dev.firn.plan.Planner;
import dev.firn.spi.sink.ExistingTable;
import dev.firn.spi.sink.Lake;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Which pipeline a job is of: two files may have one name, and one file has several environments and lakes. A ledger is one pipeline's
 * alone, whatever environment somebody comes from.
 *
 * @param name of the pipeline, and of its job
 * @param stateName the name with the environment
 * @param ledger its table's uuid; empty where it is not there yet, or nobody could look
 * @param look whether somebody could
 */
public record PipelineIdentity(String name, String stateName, Optional<String> ledger, Look look) {

    /** Whether somebody has looked for its ledger. */
    public enum Look {
        /** Where there is none, the pipeline has never run. */
        SEEN,
        /** Nobody could: its names are all that is known. */
        UNSEEN
    }

    static final String STATE_NAME = "firn.pipeline";
    private static final String LEDGER = "firn.ledger";
    private static final int DIGITS = 12;

    public static PipelineIdentity of(PipelineDefinition definition, Lake lake) {
        return new PipelineIdentity(
                definition.name(),
                definition.stateName(),
                lake.table(Planner.lakeNames(definition).ledger()).map(ExistingTable::incarnation),
                Look.SEEN);
    }

    /** Of somebody who can't look into the lake: by its names alone. */
    public static PipelineIdentity unseen(PipelineDefinition definition) {
        return new PipelineIdentity(definition.name(), definition.stateName(), Optional.empty(), Look.UNSEEN);
    }

    /** What goes along with the job. */
    public Map<String, String> parameters() {
        return Map.of(STATE_NAME, stateName, LEDGER, ledger.orElse(""));
    }

    /** Whether a job with these parameters is of this pipeline. */
    boolean isOf(Map<String, String> parameters) {
        String theirs = parameters.getOrDefault(LEDGER, "");
        return ledger.map(theirs::equals).orElse(look == Look.UNSEEN && stateName.equals(parameters.get(STATE_NAME)));
    }

    /** Whether a job with these parameters has its names and a ledger that its lake does not have: dropped, or another's. */
    boolean mayBeOf(Map<String, String> parameters) {
        return look == Look.SEEN
                && ledger.isEmpty()
                && stateName.equals(parameters.get(STATE_NAME))
                && !parameters.getOrDefault(LEDGER, "").isEmpty();
    }

    /** The name of the state of the job with these parameters, where that is not this pipeline's. */
    public Optional<String> otherState(Map<String, String> parameters) {
        return Optional.ofNullable(parameters.get(STATE_NAME)).filter(theirs -> !theirs.equals(stateName));
    }

    /** With the ledger that a job of its says, where there is none to look at. */
    public PipelineIdentity as(Map<String, String> parameters) {
        return ledger.isPresent()
                ? this
                : new PipelineIdentity(name, stateName, Optional.ofNullable(parameters.get(LEDGER)), Look.SEEN);
    }

    /** Names the folder of its state; no other pipeline has it. There must be a ledger. */
    public String folder() {
        // A part of the uuid itself would not do: some catalogs begin it with the time.
        return stateName + "-" + sha256(ledger.orElseThrow()).substring(0, DIGITS);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
