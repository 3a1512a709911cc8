package dev.firn.definition.table;

import dev.firn.definition.bind.AlsoKnownAs;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Shorthand;
import dev.firn.definition.yaml.Node;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One rule of {@code expect:}: a condition, or one of the ready forms, which say one about a column. */
@Component(kind = "table", name = "expect", summary = "A condition that every row of a table should meet.")
@Shorthand("that")
public record ExpectOptions(
        @AlsoKnownAs({"condition", "expression", "check", "sql"})
                @Doc("The condition, as an SQL expression over the table's columns.")
                @Example("amount > 0")
                Optional<String> that,
        @AlsoKnownAs({"required", "non-null", "not-nullable"})
                @Doc("In place of a condition: columns none of which is null.")
                @Example("[order_id, placed_at]")
                Optional<List<String>> notNull,
        @AlsoKnownAs({"col", "field", "column-name"})
                @Doc(
                        "The column that `range`, `regex`, `one-of` or `length` is about; `address.city` is a field of a struct. Null passes all"
                                + " four.")
                @Example("status")
                Optional<String> column,
        @AlsoKnownAs("between")
                @Doc(
                        "In place of a condition: the column is a number, date or time from `min` to `max`, both included.")
                Optional<RangeOptions> range,
        @AlsoKnownAs({"pattern", "matches", "regexp", "match"})
                @Doc("In place of a condition: a regular expression that the column's whole text matches.")
                @Example("'[^@ ]+@[^@ ]+'")
                Optional<Pattern> regex,
        @AlsoKnownAs({"in", "values", "enum", "accepted-values", "allowed-values"})
                @Doc("In place of a condition: the values that the column may have.")
                @Example("[NEW, PAID, SHIPPED]")
                Optional<List<Node.Scalar>> oneOf,
        @AlsoKnownAs({"size", "len"}) @Doc("In place of a condition: how many characters the column's text has.")
                Optional<LengthOptions> length,
        @AlsoKnownAs({"on-failure", "on-fail", "action", "else"})
                @Default("quarantine")
                @Doc(
                        "What happens to a row that does not meet it: `quarantine` keeps it aside with the reason, `drop` leaves it out"
                                + " and counts it, `tag` writes it with the rule's name in a column, `fail` ends the job.")
                @Example("tag")
                Otherwise otherwise) {

    private static final String FORMS = "`that`, `not-null`, `range`, `regex`, `one-of` or `length`";

    public ExpectOptions {
        notNull = notNull.map(List::copyOf);
        oneOf = oneOf.map(List::copyOf);
        List<String> said = Stream.of(
                        that.map(form -> "`that`"),
                        notNull.map(form -> "`not-null`"),
                        range.map(form -> "`range`"),
                        regex.map(form -> "`regex`"),
                        oneOf.map(form -> "`one-of`"),
                        length.map(form -> "`length`"))
                .flatMap(Optional::stream)
                .toList();
        if (said.isEmpty()) {
            throw new IllegalArgumentException("a rule needs " + FORMS);
        }
        if (said.size() > 1) {
            throw new IllegalArgumentException("a rule has one of " + FORMS + ", and this one has "
                    + String.join(" and ", said) + "; make a rule of each");
        }
        boolean isOfAColumn = that.isEmpty() && notNull.isEmpty();
        if (isOfAColumn && column.isEmpty()) {
            throw new IllegalArgumentException(said.get(0) + " needs `column`, that which it is about");
        }
        if (!isOfAColumn && column.isPresent()) {
            throw new IllegalArgumentException(
                    "`column` goes with `range`, `regex`, `one-of` and `length`; " + said.get(0) + " names its own");
        }
        if (that.filter(String::isBlank).isPresent()
                || column.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException((that.isPresent() ? "`that`" : "`column`") + " is empty");
        }
        if (notNull.filter(List::isEmpty).isPresent()
                || oneOf.filter(List::isEmpty).isPresent()) {
            throw new IllegalArgumentException(said.get(0) + " is an empty list");
        }
    }

    /** What is expected, as an SQL condition over the table's columns, whatever form it was said in. */
    public String condition() {
        return that.or(() -> notNull.map(ReadyForm::notNull))
                .orElseGet(() -> new ReadyForm(column.orElseThrow()).condition(this));
    }
}
