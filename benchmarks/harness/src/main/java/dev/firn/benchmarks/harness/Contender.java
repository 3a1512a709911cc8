package dev.firn.benchmarks.harness;

import dev.firn.benchmarks.workload.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who does the work. */
public enum Contender {
    FIRN("Firn", "harness", "dev.firn.benchmarks.harness.FirnCandidate"),
    DATA_STREAM("DataStream + FlinkSink", "flink-peers", "dev.firn.benchmarks.flink.DataStreamPeer"),
    DATA_STREAM_REUSE(
            "the same, objects reused", "flink-peers", "dev.firn.benchmarks.flink.DataStreamPeer", "object-reuse"),
    SQL("Flink SQL", "flink-peers", "dev.firn.benchmarks.flink.SqlPeer"),
    CONNECT("Kafka Connect", "connect-peer", "dev.firn.benchmarks.connect.ConnectPeer"),
    /** What rules cost: the same work with ten that no row breaks. */
    FIRN_RULES("Firn with ten rules", "harness", "dev.firn.benchmarks.harness.FirnCandidate", "rules");

    private final String title;
    private final String module;
    private final String mainClass;
    private final String flag;

    Contender(String title, String module, String mainClass) {
        this(title, module, mainClass, "");
    }

    Contender(String title, String module, String mainClass, String flag) {
        this.title = title;
        this.module = module;
        this.mainClass = mainClass;
        this.flag = flag;
    }

    /** As tables name it. */
    public String title() {
        return title;
    }

    /** The folder of its module, below that of the benchmarks. */
    String module() {
        return module;
    }

    String mainClass() {
        return mainClass;
    }

    /** What its main class is told beside the work. */
    List<String> words() {
        return flag.isEmpty() ? List.of() : List.of(flag);
    }

    /** As {@code --only} and the JSON have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Contender> named(String word) {
        return Arrays.stream(values())
                .filter(contender -> contender.word().equals(word))
                .findFirst();
    }

    /** Whether it takes part unless somebody is named. */
    boolean isUsual() {
        return this != FIRN_RULES;
    }

    /** Why it can't do this work; empty where it can. */
    public Optional<String> cannot(Workload workload) {
        boolean upserts = !workload.key().isEmpty();
        return switch (this) {
            case FIRN, DATA_STREAM, DATA_STREAM_REUSE -> Optional.empty();
            case SQL -> workload.poison() > 0
                    ? Optional.of("a record that is not readable ends its job")
                    : upserts ? Optional.of("upsert-kafka needs other topics") : Optional.empty();
            case FIRN_RULES -> workload.name().equals("orders")
                    ? Optional.empty()
                    : Optional.of("its rules are about orders");
            case CONNECT -> upserts ? Optional.of("the sink only appends") : Optional.empty();
        };
    }
}
