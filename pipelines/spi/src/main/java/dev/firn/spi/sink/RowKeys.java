package dev.firn.spi.sink;

import dev.firn.spi.schema.TableName;
import java.io.Serializable;
import java.util.List;

/** Which columns tell the rows of each table apart. */
@FunctionalInterface
public interface RowKeys extends Serializable {

    /** No table has any: each record is a row. */
    RowKeys NONE = table -> List.of();

    /** The rule that a record breaks whose key has a null. */
    String NOT_NULL = "key-not-null";

    /** The names of columns at the top of a table; none where each record is a row. */
    List<String> of(TableName table);
}
