package dev.firn.plan;

/**
 * An operator's uid, made of the pipeline's and the node's name, so that state finds its operator again. It depends
 * neither on the set of tables nor on the order of sources.
 */
public record OperatorUid(String value) {

    public static OperatorUid of(String pipeline, String role, String name) {
        return new OperatorUid(pipeline + "/" + role + "/" + name);
    }

    public static OperatorUid of(String pipeline, String role) {
        return new OperatorUid(pipeline + "/" + role);
    }

    @Override
    public String toString() {
        return value;
    }
}
