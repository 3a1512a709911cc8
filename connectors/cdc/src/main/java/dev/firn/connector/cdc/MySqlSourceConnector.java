package dev.firn.connector.cdc;

import dev.firn.definition.selector.Selector;
import java.util.List;

/** The connector behind {@code type: mysql}. */
public final class MySqlSourceConnector extends DatabaseConnector {

    @Override
    public String type() {
        return "mysql";
    }

    @Override
    public Class<? extends Record> options() {
        return MySqlOptions.class;
    }

    @Override
    List<Selector> tables(Record options) {
        return ((MySqlOptions) options).tables();
    }

    @Override
    List<Selector> exclude(Record options) {
        return ((MySqlOptions) options).exclude().orElse(List.of());
    }
}
