package dev.firn.tables.maintenance;

import dev.firn.connector.iceberg.MaintainedLake;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.OutsideException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;

/** Where all tables of a catalog are; asked once, for a table that is made later has young files. */
final class TableLocations {

    private static final List<String> FOLDERS = List.of(
            TableProperties.WRITE_DATA_LOCATION,
            TableProperties.WRITE_METADATA_LOCATION,
            // Of older tables; Iceberg does not want them to be set any more.
            "write.object-storage.path",
            "write.folder-storage.path");

    private final Map<TableName, List<String>> folders = new HashMap<>();

    /** @throws Refused if one of them can't be loaded */
    static TableLocations of(MaintainedLake lake) {
        TableLocations locations = new TableLocations();
        for (TableName name : lake.tables()) {
            Table table;
            try {
                table = lake.load(name);
            } catch (OutsideException e) {
                throw new Refused(
                        "`" + name + "` can't be loaded, so its files can't be told apart: " + e.getMessage());
            }
            List<String> all = new ArrayList<>();
            Stream.concat(
                            Stream.of(table.location()),
                            FOLDERS.stream().map(table.properties()::get).filter(folder -> folder != null))
                    .forEach(folder -> all.add(path(folder)));
            locations.folders.put(name, all);
        }
        return locations;
    }

    /**
     * All files below a table's location but those below another table's.
     *
     * @throws Refused if they can't be told apart, or listed
     */
    List<FileInfo> below(TableName name, Table table) {
        String location = path(table.location());
        if (location.isEmpty() || location.equals("/")) {
            throw new Refused("its location is `" + table.location() + "`");
        }
        if (!(table.io() instanceof SupportsPrefixOperations listing)) {
            throw new Refused("its storage can't list files");
        }
        List<String> strange = new ArrayList<>();
        folders.forEach((other, theirs) -> {
            if (!other.equals(name)) {
                theirs.forEach(folder -> {
                    if (folder.equals(location)) {
                        throw new Refused("`" + other + "` has its files in the same place");
                    }
                    if (isBelow(folder, location)) {
                        strange.add(folder);
                    }
                });
            }
        });
        List<FileInfo> files = new ArrayList<>();
        for (FileInfo file : listing.listPrefix(table.location().replaceFirst("/+$", "") + "/")) {
            String path = path(file.location());
            if (isBelow(path, location) && strange.stream().noneMatch(folder -> isBelow(path, folder))) {
                files.add(file);
            }
        }
        return files;
    }

    private static boolean isBelow(String path, String folder) {
        return path.startsWith(folder + "/");
    }

    /** Without scheme and host, which the same place may have several of. */
    static String path(String location) {
        return location.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*:(//[^/]*)?", "")
                .replaceAll("/+", "/")
                .replaceFirst("/$", "");
    }
}
