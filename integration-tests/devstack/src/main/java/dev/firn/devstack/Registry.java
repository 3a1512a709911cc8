package dev.firn.devstack;

/** The main class of the registry's process: Apicurio's own, on a leash. */
final class Registry {

    private Registry() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        Leash.attach();
        Class.forName("io.quarkus.runner.GeneratedMain")
                .getMethod("main", String[].class)
                .invoke(null, (Object) arguments);
    }
}
