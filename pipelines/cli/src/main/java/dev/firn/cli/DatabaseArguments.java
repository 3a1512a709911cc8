package dev.firn.cli;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.Text;
import dev.firn.schema.infer.NotInferable;
import dev.firn.schema.infer.SchemaNames;
import dev.firn.schema.infer.jdbc.Database;
import dev.firn.schema.infer.jdbc.DatabaseTable;
import dev.firn.schema.infer.jdbc.Drivers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which table of which database; all of it may hold references, as in a pipeline file. */
final class DatabaseArguments {

    @Option(
            names = "--jdbc",
            paramLabel = "URL",
            description = "A database instead of files, such as `jdbc:postgresql://db/shop`.")
    private @Nullable String url;

    @Option(names = "--table", paramLabel = "[SCHEMA.]TABLE", description = "Its table or view.")
    private @Nullable String table;

    @Option(names = "--user", paramLabel = "NAME", description = "As whom it is asked.")
    private @Nullable String user;

    @Option(
            names = "--password",
            paramLabel = "REFERENCE",
            description = "Its password as `${env:X}`, `${file:path}` or `${secret:x}`, in single quotation marks.")
    private @Nullable String password;

    @Option(
            names = "--as-text",
            paramLabel = "COLUMN",
            description = "Takes a column as text whose type Avro does not have. May stand there several times.")
    private List<String> asText = List.of();

    @Option(
            names = "--driver",
            paramLabel = "JAR",
            description = "The database's driver, unless it is Postgres or SQLite. May stand there several times.")
    private List<Path> drivers = List.of();

    boolean isSaid() {
        return url != null;
    }

    DatabaseTable table(Optional<String> name) throws NotInferable {
        if (url == null || table == null) {
            throw new NotInferable("`--jdbc` goes with `--table [SCHEMA.]TABLE`");
        }
        String called = name.isPresent() ? SchemaNames.required(name.get()) : SchemaNames.ofTable(table);
        Database database = new Database(
                new Text(url),
                Optional.ofNullable(user).map(Text::new),
                Optional.ofNullable(password).map(Text::new));
        try (Drivers found = Drivers.of(drivers, DatabaseArguments.class.getClassLoader())) {
            return DatabaseTable.of(
                    database,
                    found,
                    SystemReferences.ofThisProcess(),
                    new DatabaseTable.Question(called, table, Set.copyOf(asText)));
        }
    }
}
