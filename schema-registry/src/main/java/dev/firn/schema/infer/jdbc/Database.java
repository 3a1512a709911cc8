package dev.firn.schema.infer.jdbc;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.References;
import dev.firn.definition.reference.Text;
import dev.firn.schema.infer.NotInferable;
import dev.firn.spi.source.OutsideException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * A database as the command line names it; nothing of it is printed but what stands there.
 *
 * @param password a reference: what is written out would stay in the shell's history
 */
public record Database(Text url, Optional<Text> user, Optional<Text> password) {

    /** A password in the open, as the URLs of most drivers have it. */
    private static final Pattern PASSWORD =
            Pattern.compile("(?i)(password|pwd)=(?!\\$\\{)[^&;]|//[^/@?]*:(?!\\$\\{)[^/@?]+@");

    /** Refuses what would show a password to everybody. */
    public void requireNoOpenPassword() throws NotInferable {
        if (password.isPresent() && !References.standIn(password.get().raw())) {
            throw new NotInferable(
                    "a password on the command line is in the shell's history and in every list of processes;"
                            + " write `--password '${env:X}'`, with its name instead of X");
        }
        if (PASSWORD.matcher(url.raw()).find()) {
            throw new NotInferable(
                    "the url holds a password, which is in the shell's history and in every list of processes;"
                            + " leave it out and write `--password '${env:X}'`");
        }
    }

    /** Throws {@link OutsideException} where the database does not let us in. */
    Connection connect(Drivers drivers, ReferenceResolver references) throws NotInferable {
        String address = url.resolve(references);
        Properties login = new Properties();
        user.ifPresent(name -> login.setProperty("user", name.resolve(references)));
        Optional<String> secret = password.map(text -> text.resolve(references));
        secret.ifPresent(known -> login.setProperty("password", known));
        Driver driver = drivers.of(address, shown());
        try {
            Connection connection = driver.connect(address, login);
            if (connection == null) {
                throw new OutsideException("`" + shown() + "` is no url that the driver takes");
            }
            return connection;
        } catch (SQLException e) {
            throw new OutsideException("`" + shown() + "` can't be reached: " + harmless(e, address, secret));
        }
    }

    String shown() {
        return url.raw();
    }

    /** What a driver says, without what it was told. */
    private String harmless(SQLException e, String address, Optional<String> secret) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("it does not say why");
        String known = message.replace(address, shown());
        return secret.filter(text -> !text.isEmpty())
                .map(text -> known.replace(text, "..."))
                .orElse(known);
    }
}
