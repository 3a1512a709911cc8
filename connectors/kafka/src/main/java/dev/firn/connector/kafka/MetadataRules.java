package dev.firn.connector.kafka;

import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.schema.metadata.MetadataColumn;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.source.StreamSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Checks that columns of metadata have names of their own, and puts them behind a value's. */
public final class MetadataRules {

    private MetadataRules() {}

    /** Among themselves. */
    static void check(Bound<?> source, MetadataOptions options, Diagnostics diagnostics) {
        Map<String, String> taken = new TreeMap<>();
        for (MetadataOptions.Named named : options.named()) {
            String column = named.column().orElseThrow();
            if (column.isBlank()) {
                diagnostics.report(Diagnostic.error(
                                KafkaCode.METADATA_COLUMN_TAKEN,
                                source.span("metadata", named.option()),
                                "`" + named.option() + "` names no column")
                        .fixedBy("write the name of a column, or leave the option out"));
                continue;
            }
            String other = taken.putIfAbsent(folded(column), named.option());
            if (other != null) {
                diagnostics.report(Diagnostic.error(
                                KafkaCode.METADATA_COLUMN_TAKEN,
                                source.span("metadata", named.option()),
                                "`" + other + "` and `" + named.option() + "` go to one column, `" + column + "`")
                        .fixedBy("give one of them a name of its own; case makes no difference"));
            }
        }
    }

    /** The value's columns and behind them the metadata's; empty if one of those has a name of the value's, which is reported. */
    public static Optional<StreamSchema> extend(
            StreamSchema value, String topic, Bound<?> source, MetadataOptions options, Diagnostics diagnostics) {
        List<Column> columns = new ArrayList<>(value.columns().columns());
        boolean free = true;
        for (MetadataOptions.Named named : options.named()) {
            MetadataColumn metadata = named.metadata();
            if (value.columns().columns().stream()
                    .anyMatch(column -> folded(column.name()).equals(folded(metadata.name())))) {
                free = false;
                diagnostics.report(Diagnostic.error(
                                KafkaCode.METADATA_COLUMN_TAKEN,
                                source.span("metadata", named.option()),
                                "the values of topic `" + topic + "` have a field `" + metadata.name() + "` already")
                        .fixedBy("give the column another name, such as `_" + metadata.name() + "`"));
            }
            columns.add(metadata.column());
        }
        return free ? Optional.of(new StreamSchema(new TableSchema(columns), value.definition())) : Optional.empty();
    }

    /** Catalogs and engines that know no case must not see two columns as one. */
    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
