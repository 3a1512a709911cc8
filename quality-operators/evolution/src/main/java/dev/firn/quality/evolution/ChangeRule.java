package dev.firn.quality.evolution;

import java.util.List;

/** Finds the changes of one kind. */
interface ChangeRule {

    List<Finding> in(Comparison comparison);
}
