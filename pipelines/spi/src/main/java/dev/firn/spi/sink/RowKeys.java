package dev.firn.spi.sink;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
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

    /** Why a record is refused whose key has a null. */
    static Rejected withoutKey(TableName table) {
        return Rejected.by(
                NOT_NULL,
                RejectCode.RULE_BROKEN,
                "a column of the key of table `" + table + "` has no value in the record");
    }

    /** The names of columns at the top of a table; none where each record is a row. */
    List<String> of(TableName table);
}
