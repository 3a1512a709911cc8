package dev.firn.schema.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The records of all files, and how many of them are wanted. */
final class Records {

    private final PlaceBudget budget = new PlaceBudget();
    private final Members fields = new Members(budget, Members.Names.FIELDS);
    private final List<String> remarks = new ArrayList<>();
    private final OptionalLong sample;

    Records(OptionalLong sample) {
        this.sample = sample;
    }

    boolean isEnough() {
        return sample.isPresent() && fields.objects() >= sample.getAsLong();
    }

    /** A sentence for the user, said with the schema. */
    void remark(String sentence) {
        remarks.add(sentence);
    }

    List<String> remarks() {
        return remarks;
    }

    Members fields() {
        return fields;
    }

    PlaceBudget budget() {
        return budget;
    }
}
