package dev.firn.benchmarks.flink;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.table.data.RowData;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes a row of a record. */
interface RowReader extends Serializable {

    /** Before the first record, where the job runs. */
    void open();

    RowData read(ConsumerRecord<byte[], byte[]> message) throws IOException;
}
