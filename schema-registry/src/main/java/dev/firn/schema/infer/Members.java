package dev.firn.schema.infer;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is in the objects of one place: fields, as long as there are not too many names. Objects whose names are data are a map:
 * those with more than {@link #NAMES_OF_A_RECORD} names of which one object has less than a tenth on average, and those with
 * more than {@link #MOST_NAMES}. The records themselves never are one.
 */
final class Members {

    static final int NAMES_OF_A_RECORD = 200;
    static final int MOST_NAMES = 10_000;
    private static final int SPARSE = 10;

    /** What the names of the objects can be. */
    enum Names {
        FIELDS,
        FIELDS_OR_DATA
    }

    private final PlaceBudget budget;
    private final Names names;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Set<String> namesOfThis = new HashSet<>();
    private long objects;
    private long present;
    private int checkedAt = NAMES_OF_A_RECORD;
    private @Nullable Place values;

    /** A field of the objects. */
    static final class Member {
        private final Place place = new Place();
        private long count;
        private long lastObject;

        Place place() {
            return place;
        }

        /** How many objects have it. */
        long count() {
            return count;
        }
    }

    Members(PlaceBudget budget, Names names) {
        this.budget = budget;
        this.names = names;
    }

    void begin() {
        objects++;
        namesOfThis.clear();
    }

    /** The place of what stands behind a name in the object that has begun. */
    Place place(String name) throws TwiceThere, TooManyPlaces {
        present++;
        if (values != null) {
            if (!namesOfThis.add(name)) {
                throw new TwiceThere();
            }
            return values;
        }
        Member member = members.get(name);
        if (member == null) {
            if (members.size() >= MOST_NAMES && names == Names.FIELDS_OR_DATA) {
                namesOfThis.add(name);
                return becomeMap();
            }
            if (members.size() >= MOST_NAMES || !budget.take()) {
                throw new TooManyPlaces();
            }
            member = new Member();
            members.put(name, member);
        } else if (member.lastObject == objects) {
            throw new TwiceThere();
        }
        member.lastObject = objects;
        member.count++;
        return member.place;
    }

    /** The object is over; looks now and then whether the names are data. */
    void end() {
        if (members.size() > checkedAt) {
            checkedAt *= 2;
            if (isSparse()) {
                becomeMap();
            }
        }
    }

    private boolean isSparse() {
        return names == Names.FIELDS_OR_DATA
                && members.size() > NAMES_OF_A_RECORD
                && present / objects < members.size() / SPARSE;
    }

    private Place becomeMap() {
        Place all = new Place();
        members.forEach((name, member) -> {
            if (member.lastObject == objects) {
                namesOfThis.add(name);
            }
            all.addAll(member.place);
        });
        members.clear();
        values = all;
        return all;
    }

    void addAll(Members other) {
        objects += other.objects;
        present += other.present;
        if (values == null && other.values != null) {
            becomeMap();
        }
        if (values != null) {
            Place all = values;
            other.members.values().forEach(member -> all.addAll(member.place));
            if (other.values != null) {
                all.addAll(other.values);
            }
            return;
        }
        other.members.forEach((name, member) -> {
            Member here = members.computeIfAbsent(name, missing -> new Member());
            here.count += member.count;
            here.place.addAll(member.place);
        });
        if (members.size() > MOST_NAMES || isSparse()) {
            becomeMap();
        }
    }

    /** Where the names are data, what stands behind them. */
    Optional<Place> values() {
        if (values == null && isSparse()) {
            becomeMap();
        }
        return Optional.ofNullable(values);
    }

    /** The fields in the order in which they were seen first; none where the names are data. */
    Map<String, Member> fields() {
        return Collections.unmodifiableMap(members);
    }

    long objects() {
        return objects;
    }

    /** A name stands twice in one object. */
    static final class TwiceThere extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** There are more names than anybody could make columns of. */
    static final class TooManyPlaces extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
