package dev.firn.connector.cdc;

import dev.firn.definition.selector.Selector;
import java.util.List;

/** The connector behind {@code type: postgres}. */
public final class PostgresSourceConnector extends DatabaseConnector {

    @Override
    public String type() {
        return "postgres";
    }

    @Override
    public Class<? extends Record> options() {
        return PostgresOptions.class;
    }

    @Override
    List<Selector> tables(Record options) {
        return ((PostgresOptions) options).tables();
    }
}
