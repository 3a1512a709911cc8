package dev.firn.schema.infer;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What has stood in one place of the records so far, in as much memory as it takes to say so, however many they were. */
final class Place {

    private final Map<Kind, Seen> kinds = new EnumMap<>(Kind.class);
    private long nulls;
    private int longest;
    private @Nullable Digits digits;
    private @Nullable Members members;
    private @Nullable Place items;

    void addNull() {
        nulls++;
    }

    /**
     * Remembers a value.
     *
     * @param length of its text
     * @param witness asked only for the first of its kind
     */
    void add(Scalar scalar, int length, Supplier<Witness> witness) {
        longest = Math.max(longest, length);
        add(scalar.kind(), scalar.measure(), witness);
        BigDecimal number = scalar.number();
        if (number == null) {
            return;
        }
        if (digits == null) {
            digits = new Digits(number);
        } else {
            digits.add(number);
        }
    }

    private void add(Kind kind, long measure, Supplier<Witness> witness) {
        Seen seen = kinds.get(kind);
        kinds.put(kind, seen == null ? Seen.once(witness.get(), measure) : seen.and(measure));
    }

    /** Begins an object; what is in it goes to the members. */
    Members addObject(PlaceBudget budget, Supplier<Witness> witness) {
        add(Kind.OBJECT, 0, witness);
        if (members == null) {
            members = new Members(budget, Members.Names.FIELDS_OR_DATA);
        }
        return members;
    }

    /** The place of all items of all arrays here. */
    Place items() {
        if (items == null) {
            items = new Place();
        }
        return items;
    }

    void addArray(long size, Supplier<Witness> witness) {
        add(Kind.ARRAY, size, witness);
    }

    /** Puts the values of another place to those of this one. */
    void addAll(Place other) {
        nulls += other.nulls;
        longest = Math.max(longest, other.longest);
        other.kinds.forEach((kind, seen) -> kinds.merge(kind, seen, Seen::and));
        if (other.digits != null) {
            if (digits == null) {
                digits = other.digits;
            } else {
                digits.addAll(other.digits);
            }
        }
        if (other.members != null) {
            if (members == null) {
                members = other.members;
            } else {
                members.addAll(other.members);
            }
        }
        if (other.items != null) {
            items().addAll(other.items);
        }
    }

    /** In the order of {@link Kind}. */
    Map<Kind, Seen> kinds() {
        return Collections.unmodifiableMap(kinds);
    }

    /** The length of the longest text, of numbers and booleans too. */
    int longest() {
        return longest;
    }

    long nulls() {
        return nulls;
    }

    /** How many values there were, nulls among them. */
    long count() {
        return nulls + kinds.values().stream().mapToLong(Seen::count).sum();
    }

    Optional<Digits> digits() {
        return Optional.ofNullable(digits);
    }

    Optional<Members> members() {
        return Optional.ofNullable(members);
    }
}
