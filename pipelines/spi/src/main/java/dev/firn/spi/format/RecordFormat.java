package dev.firn.spi.format;

import dev.firn.definition.reference.ReferenceResolver;
import java.io.Serializable;

/** What the bytes of a source mean; travels in the job, opened where records are decoded. */
public interface RecordFormat extends Serializable {

    FormatReader open(ReferenceResolver references);

    /** The schemas that its readers in this process share. */
    default SchemaMemory memory(ReferenceResolver references) {
        return SchemaMemory.NONE;
    }

    /**
     * The same where nobody is asked for schemas, so that no reference is resolved: readers that are opened while it is held know what is put
     * there, and nothing else.
     */
    default SchemaMemory memoryAlone() {
        return SchemaMemory.NONE;
    }

    /** Which parts of its records can't be read without a schema that {@link #memory} may know. */
    default FramedParts framed() {
        return FramedParts.NONE;
    }
}
