package dev.firn.connector.cdc.postgres;

import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** A database did not answer as asked; the message is a sentence for the user, without a password and without a class's name. */
public final class DatabaseFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** Whose move it is. */
    public enum Kind {
        /** Nobody answers, or nobody does any more; another try may find somebody. */
        UNREACHABLE,
        /** Somebody answers, and refuses the login or the access. */
        REFUSED,
        /** The slot has another reader at the moment; another try may find it free. */
        BUSY,
        /** What is asked for is not there any more: the slot, or the part of the log behind it. */
        LOST,
        /** A table is not what it was when the catalog was asked; another look at the catalog helps. */
        CHANGED,
        /** The address or one of its properties is wrong. */
        WRONG_SETTING,
        /** The server answers something else. */
        ANSWER
    }

    private final Kind kind;

    DatabaseFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    private DatabaseFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }

    /**
     * What an exception of the driver means.
     *
     * @param doing what failed, as the object of a sentence that begins with it: {@code the rows of `public.orders` can't be read}
     */
    static DatabaseFailure of(PostgresAddress address, String doing, SQLException thrown) {
        Kind kind = kind(state(thrown));
        String said = said(thrown);
        String password = address.password();
        // A property that is none is quoted by the driver, and somebody may have put a password into it.
        String clean = password.isEmpty() ? said : said.replace(password, "***");
        SQLException cause = clean.equals(said) ? thrown : null;
        String message = address.inWords() + ": " + doing + ", " + because(kind) + clean;
        return cause == null ? new DatabaseFailure(kind, message) : new DatabaseFailure(kind, message, cause);
    }

    private static String because(Kind kind) {
        return switch (kind) {
            case UNREACHABLE -> "nobody answers: ";
            case REFUSED -> "the server refuses it: ";
            case BUSY, LOST, CHANGED, ANSWER -> "the server says: ";
            case WRONG_SETTING -> "a setting is wrong: ";
        };
    }

    private static String state(SQLException thrown) {
        return Optional.ofNullable(thrown.getSQLState()).orElse("");
    }

    private static Kind kind(String state) {
        // A column or a table that is not there, or a column of another type.
        if (state.equals("42703") || state.equals("42P01")) {
            return Kind.CHANGED;
        }
        if (state.startsWith("08") || state.startsWith("57P") || state.equals("53300")) {
            return Kind.UNREACHABLE;
        }
        if (state.startsWith("28") || state.equals("42501")) {
            return Kind.REFUSED;
        }
        if (state.equals("22023")) {
            return Kind.WRONG_SETTING;
        }
        return state.equals("55006") ? Kind.BUSY : Kind.ANSWER;
    }

    /** The server's own sentence with its hint, or the driver's with what is below it. */
    private static String said(SQLException thrown) {
        if (thrown instanceof PSQLException answer && answer.getServerErrorMessage() != null) {
            ServerErrorMessage server = answer.getServerErrorMessage();
            String detail = server.getDetail() == null ? "" : " (" + server.getDetail() + ")";
            return server.getMessage() + detail;
        }
        Throwable below = thrown.getCause();
        String said =
                String.valueOf(thrown.getMessage()).replaceAll("\\s+", " ").strip();
        return below == null || below.getMessage() == null || said.contains(below.getMessage())
                ? said
                : said + " (" + below.getMessage() + ")";
    }
}
