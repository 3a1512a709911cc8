package dev.firn.devstack;

import java.io.IOException;
import java.lang.reflect.Proxy;

/**
 * Ties a process to the one that started it: it ends when its standard input does, even if its parent was killed.
 *
 * <p>It also no longer listens to Ctrl-C, which a terminal sends to every process of the group. The parent decides when a
 * service ends; a job that stops with a savepoint still needs its broker.
 */
final class Leash {

    private Leash() {}

    /** Everything that these processes hold is thrown away, so they halt and need no shutdown in good order. */
    static void attach() {
        ignoreInterrupts();
        Thread watch = new Thread(Leash::waitForTheEnd, "leash");
        watch.setDaemon(true);
        watch.start();
    }

    /** By reflection, since the compiler warns of {@code sun.misc} and that warning can't be silenced in one place. */
    static void ignoreInterrupts() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ignore = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> null);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), ignore);
        } catch (ReflectiveOperationException noSuchSignal) {
            System.err.println("Ctrl-C will end this process too: " + noSuchSignal);
        }
    }

    private static void waitForTheEnd() {
        try {
            while (System.in.read() >= 0) {
                // Whatever is written to a service is ignored; only the end counts.
            }
        } catch (IOException closed) {
            // The same as the end of the input.
        }
        Runtime.getRuntime().halt(0);
    }
}
