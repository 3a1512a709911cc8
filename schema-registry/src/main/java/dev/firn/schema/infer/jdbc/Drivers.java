package dev.firn.schema.infer.jdbc;

import dev.firn.schema.infer.NotInferable;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The drivers on the class path, and those in jars that the user has. */
public final class Drivers implements AutoCloseable {

    private static final Pattern KIND = Pattern.compile("(jdbc:[A-Za-z0-9.+-]+:).*", Pattern.DOTALL);

    private final URLClassLoader loader;

    private Drivers(URLClassLoader loader) {
        this.loader = loader;
    }

    /** @param parent what the class path's drivers are found with */
    public static Drivers of(List<Path> jars, ClassLoader parent) throws NotInferable {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            if (!Files.isRegularFile(jar)) {
                throw new NotInferable("there is no file `" + jar + "`");
            }
            try {
                urls.add(jar.toUri().toURL());
            } catch (IOException e) {
                throw new NotInferable("`" + jar + "` can't be read");
            }
        }
        return new Drivers(new URLClassLoader(urls.toArray(URL[]::new), parent));
    }

    Driver of(String address, String shown) throws NotInferable {
        try {
            for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
                if (driver.acceptsURL(address)) {
                    return driver;
                }
            }
        } catch (SQLException | ServiceConfigurationError e) {
            throw new NotInferable("a driver can't be used: " + e.getMessage());
        }
        Matcher kind = KIND.matcher(address);
        throw new NotInferable("no driver takes " + (kind.matches() ? "`" + kind.group(1) + "...`" : "`" + shown + "`")
                + ": Firn has those of Postgres and SQLite; get the database's own, a jar, and add `--driver JAR`");
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new IllegalStateException("our bug: jars that were read can't be closed", e);
        }
    }
}
