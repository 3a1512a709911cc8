package dev.firn.flink.resume;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.StartPositions;
import dev.firn.spi.source.StartPositions.Known;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A saved state held against the ledger. It may be where the ledger is, or behind it: then splits move forward. It may be
 * ahead by exactly the epochs that it holds itself: then those are written ahead first. All else would lose or double rows.
 *
 * @param epochs of the state that the ledger does not have
 * @param moves splits whose position in the state is behind the ledger's
 */
public record Resumption(SavedState state, long ledgerEpoch, List<Epoch> epochs, List<Move> moves) {

    /** How many splits are named before the rest is a number. */
    private static final int NAMED = 3;

    /** A split that is not read from where the state is, because the ledger has what lies between. */
    public record Move(Split split, long from, long to) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s from %,d to %,d", split, from, to);
        }
    }

    public Resumption {
        epochs = List.copyOf(epochs);
        moves = List.copyOf(moves);
    }

    /** @throws StateRefused with the ways out, if the state does not fit */
    public static Resumption of(SavedState state, LedgerState ledger, TableName ledgerName) {
        state.rewoundSince(ledger).ifPresent(rewind -> {
            throw new StateRefused("`" + state.folder() + "` is of before run " + rewind.run()
                    + ", which has taken the ledger `" + ledgerName + "` back to epoch " + rewind.to()
                    + ": go on from the ledger with `--resume ledger`");
        });
        List<Epoch> pending = pending(state, ledger, ledgerName);
        StartPositions known = StartPositions.of(ledger.positions());
        StartPositions reached = StartPositions.of(behind(ledger, pending));
        List<Move> moves = new ArrayList<>();
        List<String> ahead = new ArrayList<>();
        for (Map.Entry<Split, Long> saved : state.positions().entrySet()) {
            Split split = saved.getKey();
            long position = saved.getValue();
            Optional<Known> end = reached.of(split);
            end.ifPresent(there -> requireSame(state, split, there, ledgerName));
            if (end.isEmpty() || position > end.get().position()) {
                ahead.add(split + " is at " + position + " there, "
                        + end.map(there -> "at " + there.position() + " in the ledger")
                                .orElse("and unknown to the ledger"));
            } else {
                known.of(split)
                        .filter(there -> position < there.position())
                        .ifPresent(there -> moves.add(new Move(split, position, there.position())));
            }
        }
        if (!ahead.isEmpty()) {
            throw new StateRefused(
                    isAhead(state, ledger, ledgerName) + ": " + some(ahead) + ". " + waysOut(ledger, ledgerName));
        }
        return new Resumption(state, ledger.lastEpoch(), pending, moves);
    }

    private static List<Epoch> pending(SavedState state, LedgerState ledger, TableName ledgerName) {
        List<Epoch> pending = state.epochs().stream()
                .filter(epoch -> epoch.number() > ledger.lastEpoch())
                .toList();
        for (int index = 0; index < pending.size(); index++) {
            if (pending.get(index).number() != ledger.lastEpoch() + 1 + index) {
                throw new StateRefused(isAhead(state, ledger, ledgerName) + ": it holds epoch "
                        + pending.get(index).number() + ", and nobody has the one before. "
                        + waysOut(ledger, ledgerName));
            }
        }
        return pending;
    }

    private static Map<Split, Long> behind(LedgerState ledger, List<Epoch> pending) {
        Map<Split, Long> positions = new TreeMap<>(ledger.positions());
        pending.forEach(epoch -> epoch.progress().forEach(line -> positions.put(line.split(), line.to())));
        return positions;
    }

    private static void requireSame(SavedState state, Split split, Known there, TableName ledgerName) {
        if (!there.incarnation().equals(split.incarnation())) {
            throw new StateRefused("`" + state.folder() + "` and the ledger `" + ledgerName
                    + "` count in different topics"
                    + " of the name `" + split.stream() + "`: id `" + split.incarnation() + "` and id `"
                    + there.incarnation() + "`. The topic was deleted and made anew between them; go on from the ledger"
                    + " with `--resume ledger`");
        }
    }

    private static String isAhead(SavedState state, LedgerState ledger, TableName ledgerName) {
        return "`" + state.folder() + "` is ahead of the ledger `" + ledgerName + "`, which "
                + (ledger.lastEpoch() == 0 ? "has no epoch" : "ends with epoch " + ledger.lastEpoch());
    }

    private static String waysOut(LedgerState ledger, TableName ledgerName) {
        String lost = "Rows between would be missing: the ledger was dropped or rolled back, or the state is another"
                + " pipeline's. Bring `" + ledgerName + "` back to its newest snapshot";
        return ledger.lastEpoch() == 0 ? lost : lost + ", or take an older state with `--resume FOLDER`";
    }

    /** What a person should know before it starts: why this state, and what it means for the ledger. */
    public List<String> sentences(String choice) {
        String epoch = state.lastEpoch().isPresent()
                ? ", which ends with epoch " + state.lastEpoch().getAsLong()
                : "";
        List<String> sentences = new ArrayList<>();
        sentences.add("goes on from " + state.folder() + " (" + choice + ")" + epoch);
        if (!moves.isEmpty()) {
            sentences.add("the ledger ends with epoch " + ledgerEpoch + ", ahead of that: " + moves.size() + " of "
                    + state.positions().size() + " partitions move forward, and what the ledger has is not read again: "
                    + some(moves.stream().map(Move::toString).toList()));
        } else if (epochs.isEmpty()) {
            sentences.add("the ledger ends with epoch " + ledgerEpoch + ", at the same positions");
        }
        if (!epochs.isEmpty()) {
            sentences.add("the ledger ends with epoch " + ledgerEpoch + ": the state's own "
                    + (epochs.size() == 1
                            ? "epoch " + epochs.get(0).number() + " is"
                            : "epochs " + epochs.get(0).number() + " to "
                                    + epochs.get(epochs.size() - 1).number() + " are")
                    + " written ahead first");
        }
        if (state.strangers() > 0) {
            sentences.add(
                    "the state of " + state.strangers() + " operators that the file does not have any more is left"
                            + " behind; the ledger keeps the positions of their sources");
        }
        return sentences;
    }

    private static String some(List<String> all) {
        String named = all.stream().limit(NAMED).collect(Collectors.joining(", "));
        return all.size() <= NAMED ? named : named + " and " + (all.size() - NAMED) + " more";
    }
}
