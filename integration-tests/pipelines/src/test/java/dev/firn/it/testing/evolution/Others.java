package dev.firn.it.testing.evolution;

import dev.firn.it.testing.WrittenTable;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.LockManager;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.hadoop.HadoopTableOperations;

/** Somebody else who changes a table through Iceberg's library while a job writes to it. */
public final class Others {

    private Others() {}

    /** Changes the schema; the job may be faster than any one attempt. */
    public static void change(WrittenTable written, Consumer<UpdateSchema> change) {
        Table table = table(written);
        boolean done = false;
        while (!done) {
            table.refresh();
            try {
                UpdateSchema update = table.updateSchema();
                change.accept(update);
                update.commit();
                done = true;
            } catch (CommitFailedException someoneWasFaster) {
                // Once more, on what they have made.
                done = false;
            }
        }
    }

    /** Iceberg's own lock is one for all tables of a process, and whoever closes a catalog of the process closes it. */
    private static Table table(WrittenTable written) {
        Configuration configuration = new Configuration();
        Path folder = new Path(written.folder().toString());
        return new BaseTable(
                new HadoopTableOperations(folder, new HadoopFileIO(configuration), configuration, new NoLock()) {},
                folder.getName());
    }

    /** The job is another process, which a lock in this one would not keep away. */
    private static final class NoLock implements LockManager {

        @Override
        public boolean acquire(String entity, String owner) {
            return true;
        }

        @Override
        public boolean release(String entity, String owner) {
            return true;
        }

        @Override
        public void initialize(Map<String, String> properties) {
            // There is nothing to say.
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
