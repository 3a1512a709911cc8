package dev.firn.plan.sanity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.against.NotAPlan;
import dev.firn.plan.against.StoredPlan;
import java.util.ArrayList;
import java.util.List;

/** A plan that was written can be read again, and says the same: one that can't is of no use when the job has to be changed. */
final class ReadsBack implements JsonCheck {

    @Override
    public List<String> faults(PipelinePlan plan, ObjectNode json) {
        try {
            return differences(plan, StoredPlan.read(json.toString()));
        } catch (NotAPlan wrong) {
            return List.of("its JSON " + wrong.getMessage());
        }
    }

    private static List<String> differences(PipelinePlan plan, StoredPlan read) {
        List<String> faults = new ArrayList<>();
        compare("the name", plan.pipeline(), read.pipeline(), faults);
        compare(
                "the sources",
                plan.sources().stream()
                        .map(source -> source.name() + source.streams())
                        .toList()
                        .toString(),
                read.sourcesInWords().toString(),
                faults);
        compare("the number of tables", plan.tables().size(), read.tables().size(), faults);
        compare(
                "the number of templates",
                plan.tablesByValue().size(),
                read.templates().size(),
                faults);
        return faults;
    }

    private static void compare(String what, Object written, Object read, List<String> faults) {
        if (!written.equals(read)) {
            faults.add(what + " " + written + " is read back as " + read);
        }
    }
}
