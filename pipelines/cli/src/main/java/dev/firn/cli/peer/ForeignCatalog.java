package dev.firn.cli.peer;

import java.util.List;
import java.util.Map;

/** The catalog: both tools hand Iceberg's own properties on, and so does Firn. */
record ForeignCatalog(Settings settings, Findings findings, Values values) {

    /** Types that are a class to Firn. */
    private static final Map<String, String> CLASSES = Map.of(
            "glue", "org.apache.iceberg.aws.glue.GlueCatalog",
            "nessie", "org.apache.iceberg.nessie.NessieCatalog");

    private static final List<String> TYPES = List.of("hadoop", "hive", "jdbc", "rest");

    void write(String prefix, Part sink) {
        Part catalog = sink.at("catalog");
        boolean ownClass = settings.look(prefix + "catalog-impl").isPresent();
        for (Setting setting : settings.takeAll(prefix)) {
            String property = setting.behind(prefix);
            if (property.equals("type")) {
                type(setting, ownClass, catalog);
            } else {
                catalog.put(property, values.value(setting, "catalog-" + property), setting);
            }
        }
        if (!catalog.has("type") && !catalog.has("catalog-impl")) {
            catalog.put("type", "hive", "where no type is said it is `hive`");
        }
    }

    private void type(Setting setting, boolean ownClass, Part catalog) {
        String type = setting.text().strip();
        if (ownClass) {
            findings.leftOut(
                    List.of(setting),
                    "the type of the catalog is said twice",
                    "`catalog-impl` says it; one of them goes");
        } else if (CLASSES.containsKey(type)) {
            String named = String.valueOf(CLASSES.get(type));
            catalog.put("catalog-impl", Part.text(named), setting);
            findings.differs(
                    List.of(setting),
                    "`" + type + "` is a type of its own",
                    "the class is named, and its jar has to be on Firn's class path");
        } else if (TYPES.contains(type)) {
            catalog.put("type", Part.text(type), setting);
        } else {
            catalog.put("type", values.value(setting, "catalog-type"), setting);
        }
    }
}
