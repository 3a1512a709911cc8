package dev.firn.devstack;

import java.nio.file.Path;

/** The arguments of {@link Devstack}. */
record Options(Path directory, Use use) {

    /** What the stack is started for. */
    enum Use {
        /** A person, who wants it empty. */
        EMPTY,
        /** A person, who wants the quickstart's data in it. */
        ORDERS,
        /** A parent process, which sends commands. */
        COMMANDS
    }

    private static final String USAGE = "usage: Devstack --dir FOLDER [--orders | --commands]";

    static Options parse(String... arguments) {
        if (arguments.length < 2 || arguments.length > 3 || !arguments[0].equals("--dir")) {
            throw new DevstackException(USAGE);
        }
        Use use = arguments.length == 2 ? Use.EMPTY : use(arguments[2]);
        return new Options(Path.of(arguments[1]).toAbsolutePath(), use);
    }

    private static Use use(String argument) {
        return switch (argument) {
            case "--orders" -> Use.ORDERS;
            case "--commands" -> Use.COMMANDS;
            default -> throw new DevstackException(USAGE);
        };
    }
}
