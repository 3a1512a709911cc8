package dev.firn.cli.peer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects findings; the heaviest come first, then those further up in the file. */
final class Findings {

    private final List<Finding> found = new ArrayList<>();

    void danger(List<Setting> settings, String there, String here) {
        found.add(Finding.about(Weight.DANGER, settings, there, here));
    }

    void toDo(List<Setting> settings, String there, String here) {
        found.add(Finding.about(Weight.TO_DO, settings, there, here));
    }

    void secret(Setting setting, String name) {
        found.add(Finding.about(
                Weight.SECRET,
                List.of(setting),
                "the value stands there in clear",
                "the written file refers to `${secret:" + name + "}`: put the value into the file `" + name
                        + "` of the folder that `FIRN_SECRETS` names"));
    }

    void differs(List<Setting> settings, String there, String here) {
        found.add(Finding.about(Weight.DIFFERS, settings, there, here));
    }

    void leftOut(List<Setting> settings, String there, String here) {
        found.add(Finding.about(Weight.LEFT_OUT, settings, there, here));
    }

    List<Finding> inOrder() {
        return found.stream()
                .sorted(Comparator.comparing(Finding::weight).thenComparing(Finding::line))
                .toList();
    }
}
