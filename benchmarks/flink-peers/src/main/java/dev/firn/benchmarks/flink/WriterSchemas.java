package dev.firn.benchmarks.flink;

import java.io.IOException;
import java.io.Serializable;
import org.apache.avro.Schema;

/** The schemas that records were written with, by the ids in their frames. */
interface WriterSchemas extends Serializable {

    Schema fetch(int id) throws IOException;
}
