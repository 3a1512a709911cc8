package dev.firn.cli.proposal;

import dev.firn.cli.proposal.SampledTable.Sampled;
import dev.firn.spi.schema.ColumnType;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What of a person a column may hold, by its name or by its values.
 *
 * @param mask the word that hides it
 * @param what as a sentence names it
 * @param byValue how many of the sample's values look so
 */
record Personal(Sampled column, String mask, String what, long byValue) {

    private static final Pattern EMAIL = Pattern.compile("[\\w.+%'-]+@[\\w-]+(\\.[\\w-]+)+");
    private static final Pattern SOCIAL_SECURITY = Pattern.compile("\\d{3}-\\d{2}-\\d{4}");
    private static final Pattern IBAN = Pattern.compile("[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?");

    private enum Sort {
        EMAIL("sha256", "an e-mail address", ".*e_?mail.*"),
        CARD("last4", "a card's number", "(.*_)?(card|pan|card_?(no|number|num)|credit_?card)"),
        SOCIAL_SECURITY("redact", "a social security number", "(.*_)?(ssn|social_?security.*|tax_?id|national_?id)"),
        IBAN("last4", "a bank account", "(.*_)?(iban|account_?number|bank_?account)"),
        PHONE("last4", "a telephone number", "(.*_)?(phone|telephone|mobile|msisdn|fax)(_?(no|number))?"),
        NAME("redact", "a person's name", "(.*_)?(first|last|full|sur|given|family|maiden)_?name"),
        ADDRESS(
                "redact",
                "an address",
                "(.*_)?(street|postal_?address|home_?address|shipping_?address|billing_?address)"),
        BIRTH("truncate-date", "a day of birth", "(.*_)?(birth_?(day|date)|date_?of_?birth|dob)"),
        NETWORK("sha256", "a network address", "(.*_)?(ip|ip_?addr(ess)?|client_?ip|remote_?addr)"),
        SECRET("nullify", "a secret", "(.*_)?(password|passwd|pin|cvv|cvc|secret|api_?key|access_?token)");

        private final String mask;
        private final String what;
        private final Pattern name;

        Sort(String mask, String what, String name) {
            this.mask = mask;
            this.what = what;
            this.name = Pattern.compile(name);
        }

        private boolean isValue(String value) {
            return switch (this) {
                case EMAIL -> Personal.EMAIL.matcher(value).matches();
                case CARD -> isCard(value);
                case SOCIAL_SECURITY -> Personal.SOCIAL_SECURITY.matcher(value).matches();
                case IBAN -> Personal.IBAN.matcher(value).matches();
                case PHONE, NAME, ADDRESS, BIRTH, NETWORK, SECRET -> false;
            };
        }
    }

    static Optional<Personal> of(Sampled column) {
        String name = column.name().replaceAll("(?<=[a-z0-9])([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        boolean text = column.column().type() == ColumnType.Primitive.STRING;
        for (Sort sort : Sort.values()) {
            long alike = text
                    ? column.values().stream()
                            .filter(value -> sort.isValue(value.toString()))
                            .count()
                    : 0;
            boolean most = alike > 0 && alike * 2 > column.values().size();
            if (most || (fits(sort, column) && sort.name.matcher(name).matches())) {
                return Optional.of(new Personal(column, text ? sort.mask : ofNoText(sort), sort.what, alike));
            }
        }
        return Optional.empty();
    }

    /** A number has no last four characters, and its hash is found by trying all numbers. */
    private static String ofNoText(Sort sort) {
        return sort == Sort.BIRTH ? sort.mask : "nullify";
    }

    private static boolean fits(Sort sort, Sampled column) {
        ColumnType type = column.column().type();
        return sort == Sort.BIRTH
                ? type == ColumnType.Primitive.DATE
                : type == ColumnType.Primitive.STRING || (sort == Sort.CARD && type == ColumnType.Primitive.LONG);
    }

    /** Thirteen to nineteen digits with the check digit that cards have. */
    private static boolean isCard(String value) {
        String digits = value.replaceAll("[ -]", "");
        if (!digits.matches("\\d{13,19}")) {
            return false;
        }
        int sum = 0;
        for (int place = 0; place < digits.length(); place++) {
            int digit = Character.digit(digits.charAt(digits.length() - 1 - place), 10);
            int doubled = place % 2 == 1 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }

    String sentence() {
        return "`" + column.name() + "` "
                + (byValue > 0
                        ? "looks like " + what + " in " + byValue + " of "
                                + column.values().size() + " values."
                        : "is called like " + what + ".");
    }
}
