package dev.firn.benchmarks.connect;

import java.io.IOException;
import org.apache.avro.Schema;

/** The schemas that records were written with, by the ids in their frames. */
interface WriterSchemas {

    Schema fetch(int id) throws IOException;
}
