package dev.firn.it.testing.evolution;

import static dev.firn.it.testing.evolution.Scenario.scenario;
import static dev.firn.it.testing.evolution.Scenario.when;

import java.util.List;

/** What can happen to a schema, and what has become of the table then. */
public final class Kinds {

    private static final String TWO = "1 id long!, 2 a string!";

    /** Every kind with every decision that lets the job go on. What was dropped is told of each schema that has it. */
    public static final List<Scenario> EACH_DECISION = List.of(
            when("add-column", "apply", "id long, a string", "id long, a string, b int")
                    .becomes(TWO + ", 3 b int")
                    .decides("add-column b: apply"),
            when("add-column", "ignore", "id long, a string", "id long, a string, b int")
                    .leavesOut(1, "b")
                    .becomes(TWO)
                    .decides("add-column b: ignore"),
            when("add-column", "quarantine", "id long, a string", "id long, a string, b int")
                    .refuses(1)
                    .decides("add-column b: quarantine")
                    .becomes(TWO),
            when("drop-column", "apply", "id long, a string, b int", "id long, a string")
                    .leavesOut(0, "b")
                    .becomes(TWO)
                    .decides("drop-column b: apply", "drop-column b: apply"),
            when("drop-column", "keep-nullable", "id long, a string, b int", "id long, a string")
                    .becomes(TWO + ", 3 b int")
                    .decides("drop-column b: keep-nullable"),
            when("drop-column", "quarantine", "id long, a string, b int", "id long, a string")
                    .refuses(1)
                    .decides("drop-column b: quarantine")
                    .becomes(TWO + ", 3 b int!"),
            when("rename-column", "apply", "id long, a string", "id long, c<a string")
                    .moves(0, "a", "c")
                    .becomes("1 id long!, 2 c string!")
                    .decides("rename-column c: apply"),
            when("rename-column", "keep-nullable", "id long, a string", "id long, c<a string")
                    .becomes("1 id long!, 2 a string, 3 c string")
                    .decides("drop-column a: keep-nullable", "add-column c: apply"),
            when("rename-column", "quarantine", "id long, a string", "id long, c<a string")
                    .refuses(1)
                    .decides("rename-column c: quarantine")
                    .becomes(TWO),
            when("widen-type", "apply", "id long, n int, f float", "id long, n long, f double")
                    .becomes("1 id long!, 2 n long!, 3 f double!")
                    .decides("widen-type n: apply", "widen-type f: apply"),
            when("widen-type", "quarantine", "id long, n int", "id long, n long")
                    .refuses(1)
                    .decides("widen-type n: quarantine")
                    .becomes("1 id long!, 2 n int!"),
            when("narrow-type", "ignore", "id long, n long", "id long, n int")
                    .becomes("1 id long!, 2 n long!")
                    .decides("narrow-type n: ignore"),
            when("narrow-type", "quarantine", "id long, n long", "id long, n int")
                    .refuses(1)
                    .decides("narrow-type n: quarantine")
                    .becomes("1 id long!, 2 n long!"),
            when("make-optional", "apply", "id long, a string", "id long, a string?")
                    .becomes("1 id long!, 2 a string")
                    .decides("make-optional a: apply"),
            when("make-optional", "quarantine", "id long, a string", "id long, a string?")
                    .refuses(1)
                    .decides("make-optional a: quarantine")
                    .becomes(TWO),
            when("make-required", "ignore", "id long, a string?", "id long, a string")
                    .becomes("1 id long!, 2 a string")
                    .decides("make-required a: ignore"),
            when("make-required", "quarantine", "id long, a string?", "id long, a string")
                    .refuses(1)
                    .decides("make-required a: quarantine")
                    .becomes("1 id long!, 2 a string"),
            when("add-symbol", "apply", "id long, a {NEW PAID}", "id long, a {NEW PAID SENT}")
                    .becomes(TWO)
                    .decides("add-symbol a: apply"),
            when("add-symbol", "quarantine", "id long, a {NEW PAID}", "id long, a {NEW PAID SENT}")
                    .refuses(1)
                    .decides("add-symbol a: quarantine")
                    .becomes(TWO),
            when("remove-symbol", "apply", "id long, a {NEW PAID SENT}", "id long, a {NEW PAID}")
                    .becomes(TWO)
                    .decides("remove-symbol a: apply"),
            when("remove-symbol", "ignore", "id long, a {NEW PAID SENT}", "id long, a {NEW PAID}")
                    .becomes(TWO)
                    .decides("remove-symbol a: ignore"),
            when("reorder", "ignore", "id long, a string", "a string, id long")
                    .becomes(TWO)
                    .decides("reorder: ignore"),
            when("incompatible", "quarantine", "id long, a string", "id long, a int")
                    .refuses(1)
                    .decides("incompatible a: quarantine")
                    .becomes(TWO));

    /** Several changes at once, and inside of lists and maps; two versions may come in one epoch. */
    public static final List<Scenario> SEVERAL = List.of(
            scenario("added_in_a_list", "evolve", "id long, l [(sku string)]", "id long, l [(sku string, price int)]")
                    .becomes("1 id long!, 2 l [3 (4 sku string!, 5 price int)]!")
                    .decides("add-column l[].price: apply"),
            scenario("renamed_in_a_list", "evolve", "id long, l [(sku string)]", "id long, l [(code<sku string?)]")
                    .moves(0, "l[].sku", "code")
                    .becomes("1 id long!, 2 l [3 (4 code string)]!")
                    .decides("rename-column l[].code: apply", "make-optional l[].code: apply"),
            scenario(
                            "values_of_a_map",
                            "evolve",
                            "id long, m map int, s map (a int)",
                            "id long, m map long?, s map (a int, b int)")
                    .becomes("1 id long!, 2 m map 5 long!, 3 s map 7 (8 a int!, 9 b int)!")
                    .decides("widen-type m{}: apply", "make-optional m{}: apply", "add-column s{}.b: apply"),
            scenario(
                            "all_at_once",
                            "evolve",
                            "id long, a string, n int, x int",
                            "id long, c<a string?, n long, b (d int)")
                    .moves(0, "a", "c")
                    .leavesOut(0, "x")
                    .becomes("1 id long!, 2 c string, 3 n long!, 5 b (6 d int!)")
                    .decides(
                            "rename-column c: apply",
                            "make-optional c: apply",
                            "widen-type n: apply",
                            "add-column b: apply",
                            "drop-column x: apply",
                            "drop-column x: apply"),
            scenario(
                            "renamed_and_added_again",
                            "evolve",
                            "id long, a string",
                            "id long, b<a string",
                            "id long, b string, a double")
                    .moves(0, "a", "b")
                    .becomes("1 id long!, 2 b string!, 3 a double")
                    .decides("rename-column b: apply", "add-column a: apply"));

    /** Somebody else changes the table before the second version comes. */
    public static final List<Scenario> WITH_OTHERS = List.of(
            scenario("others_add_a_column", "evolve", "id long, a string", "id long, a string, b int")
                    .becomes(TWO + ", 3 theirs int, 4 b int")
                    .decides("add-column b: apply"),
            scenario("others_rename_a_column", "evolve", "id long, a string", "id long, a string, b int")
                    .moves(0, "a", "theirs")
                    .moves(1, "a", "theirs")
                    .becomes("1 id long!, 2 theirs string!, 3 b int")
                    .decides("add-column b: apply"),
            scenario("others_add_the_same_column", "evolve", "id long, a string", "id long, a string, b int, c int")
                    .becomes(TWO + ", 3 b int, 4 c int")
                    .decides("add-column c: apply"));

    /** Two versions, both of which are new to the job. */
    public static final List<Scenario> TWO_VERSIONS = List.of(
            scenario(
                            "renamed_and_later_added_again",
                            "evolve",
                            "id long, a string",
                            "id long, b<a string",
                            "id long, b string, a double")
                    .moves(0, "a", "b")
                    .becomes("1 id long!, 2 b string!, 3 a double")
                    .decides("rename-column b: apply", "add-column a: apply"),
            scenario(
                            "widened_and_made_optional",
                            "evolve",
                            "id long, n int",
                            "id long, n long, x int",
                            "id long, n long?, x int?, y (z int)")
                    .becomes("1 id long!, 2 n long, 3 x int, 4 y (5 z int!)")
                    .decides(
                            "widen-type n: apply",
                            "add-column x: apply",
                            "make-optional n: apply",
                            "add-column y: apply"),
            scenario(
                            "dropped_and_added",
                            "evolve",
                            "id long, a string, b int",
                            "id long, a string",
                            "id long, a string?, c [int]")
                    .leavesOut(0, "b")
                    .becomes("1 id long!, 2 a string, 4 c [5 int]")
                    .decides(
                            "drop-column b: apply",
                            "drop-column b: apply",
                            "make-optional a: apply",
                            "add-column c: apply"),
            scenario(
                            "in_lists",
                            "evolve",
                            "id long, l [(sku string)]",
                            "id long, l [(sku string, n int)]",
                            "id long, l [(sku string, n int, m (a int))]")
                    .becomes("1 id long!, 2 l [3 (4 sku string!, 5 n int, 6 m (7 a int!))]!")
                    .decides("add-column l[].n: apply", "add-column l[].m: apply"),
            scenario(
                            "refused_and_then_not",
                            "lenient",
                            "id long, a string",
                            "id long, a int",
                            "id long, a string, b int")
                    .refuses(1)
                    .becomes(TWO + ", 3 b int")
                    .decides("incompatible a: quarantine", "add-column b: apply"));

    /** The last version ends the job, until somebody decides otherwise. */
    public static final Scenario ENDS_THE_JOB = scenario(
                    "ends_the_job",
                    "{add-column: fail}",
                    "id long, a string",
                    "id long, c<a string",
                    "id long, c string?",
                    "id long, c string?, b int")
            .moves(0, "a", "c")
            .becomes("1 id long!, 2 c string, 3 b int")
            .decides("rename-column c: apply", "make-optional c: apply", "add-column b: apply");

    private Kinds() {}
}
