package dev.firn.quality.expression.function;

/** What a comparison asks of how two values are ordered. */
enum Order {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">=");

    final String sign;

    Order(String sign) {
        this.sign = sign;
    }

    /** @param comparison below 0, 0 or above, as a comparator has it */
    boolean holds(int comparison) {
        return switch (this) {
            case EQUAL -> comparison == 0;
            case NOT_EQUAL -> comparison != 0;
            case LESS -> comparison < 0;
            case AT_MOST -> comparison <= 0;
            case GREATER -> comparison > 0;
            case AT_LEAST -> comparison >= 0;
        };
    }

    /** Of numbers that may be none: NaN is equal to nothing, and neither less nor greater. */
    boolean holds(double one, double other) {
        return switch (this) {
            case EQUAL -> one == other;
            case NOT_EQUAL -> one != other;
            case LESS -> one < other;
            case AT_MOST -> one <= other;
            case GREATER -> one > other;
            case AT_LEAST -> one >= other;
        };
    }
}
