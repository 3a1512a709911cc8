package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.UniqueRows;
import dev.firn.spi.source.OutsideException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.DateTimeUtil;

/** By what the rows of one table are told from those that it has. */
final class UniqueColumns {

    private final UniqueRows rows;
    private final KeyColumns key;
    private final int timeInRow;
    private final boolean zoned;

    /** @throws OutsideException if the table lacks one of the columns, or it is of another type than such a column can be */
    UniqueColumns(TableName table, Schema schema, UniqueRows rows, FileFormat format) {
        this.rows = rows;
        this.key = KeyColumns.ofUnique(table, schema, rows.key(), format);
        Types.NestedField time = schema.columns().stream()
                .filter(column -> column.name().equals(rows.time()))
                .findFirst()
                .orElseThrow(() -> new OutsideException("table `" + table + "` has no column `" + rows.time()
                        + "`, which is the `time` of its `unique`"));
        if (time.type().typeId() != Type.TypeID.TIMESTAMP) {
            throw new OutsideException("table `" + table + "` has the column `" + time.name()
                    + "` as the `time` of its `unique`, and it is no timestamp: " + time.type());
        }
        this.timeInRow = schema.columns().indexOf(time);
        this.zoned = ((Types.TimestampType) time.type()).shouldAdjustToUTC();
    }

    UniqueRows rows() {
        return rows;
    }

    KeyColumns key() {
        return key;
    }

    /** Those of the key, in its order, and the time behind them. */
    List<String> names() {
        List<String> names = new ArrayList<>(key.names());
        names.add(rows.time());
        return names;
    }

    /** The time of a row in microseconds. */
    long micros(Record row) {
        Object time = row.get(timeInRow, Object.class);
        if (time == null) {
            throw new IllegalStateException("our bug: a row without a value of `" + rows.time() + "`, its time");
        }
        return micros(time);
    }

    /** A time as the column has it. */
    Object time(long micros) {
        return zoned ? DateTimeUtil.timestamptzFromMicros(micros) : DateTimeUtil.timestampFromMicros(micros);
    }

    static long micros(Object time) {
        return time instanceof OffsetDateTime instant
                ? DateTimeUtil.microsFromTimestamptz(instant)
                : DateTimeUtil.microsFromTimestamp((LocalDateTime) time);
    }
}
