package dev.firn.spi.sink;

import java.util.List;

/**
 * What it takes to take a table's schema back to a version, or why it can't be done. Paths are those of {@link
 * dev.firn.spi.evolution.ColumnPath}, as columns are named now.
 *
 * @param incarnation the table's uuid
 * @param gone columns that newer versions have brought, the outermost of each; nobody who reads the table as it is then sees them
 * @param renamed columns that get the name back that they had
 * @param stays columns that are not as the version has them, and stay so
 * @param withoutColumn fields of the version that have no column: the next record with it is judged as any that brings a field
 * @param newer versions whose records do not come to the table any more, oldest first
 * @param obstacles sentences; nothing can be done where there is one
 */
public record SchemaRollback(
        RollbackTarget to,
        String incarnation,
        List<Gone> gone,
        List<Renamed> renamed,
        List<Stays> stays,
        List<String> withoutColumn,
        List<Newer> newer,
        List<String> obstacles) {

    /**
     * A column that goes.
     *
     * @param id its field id, which no column gets again
     * @param since the first version that records had it in
     */
    public record Gone(int id, String path, String type, String since) {}

    /** A column gets a name back. */
    public record Renamed(int id, String path, String to) {}

    /** @param why what is different, and stays so */
    public record Stays(String path, String why) {}

    /**
     * A version behind the one that the table is taken back to.
     *
     * @param name what the registry counts it as, or its fingerprint
     * @param written whether the table has been written with it
     * @param heldBack whether the table was taken back from it before
     */
    public record Newer(String fingerprint, String name, boolean written, boolean heldBack) {}

    public SchemaRollback {
        gone = List.copyOf(gone);
        renamed = List.copyOf(renamed);
        stays = List.copyOf(stays);
        withoutColumn = List.copyOf(withoutColumn);
        newer = List.copyOf(newer);
        obstacles = List.copyOf(obstacles);
    }

    /** The table is what it would become, and every newer version is held back. */
    public boolean hasNothingToDo() {
        return obstacles.isEmpty()
                && gone.isEmpty()
                && renamed.isEmpty()
                && newer.stream().allMatch(version -> version.heldBack() && !version.written());
    }
}
