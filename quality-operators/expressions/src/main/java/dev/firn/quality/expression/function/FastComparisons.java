package dev.firn.quality.expression.function;

/** Comparisons that most rules are made of, with a class for each order, so that the JIT sees no switch. */
final class FastComparisons {

    private FastComparisons() {}

    static Evaluator withInteger(Evaluator number, Order order, long constant) {
        return switch (order) {
            case EQUAL -> row -> {
                Object value = number.of(row);
                return value == null ? null : ((Number) value).longValue() == constant;
            };
            case NOT_EQUAL -> row -> {
                Object value = number.of(row);
                return value == null ? null : ((Number) value).longValue() != constant;
            };
            case LESS -> row -> {
                Object value = number.of(row);
                return value == null ? null : ((Number) value).longValue() < constant;
            };
            case AT_MOST -> row -> {
                Object value = number.of(row);
                return value == null ? null : ((Number) value).longValue() <= constant;
            };
            case GREATER -> row -> {
                Object value = number.of(row);
                return value == null ? null : ((Number) value).longValue() > constant;
            };
            case AT_LEAST -> row -> {
                Object value = number.of(row);
                return value == null ? null : ((Number) value).longValue() >= constant;
            };
        };
    }
}
