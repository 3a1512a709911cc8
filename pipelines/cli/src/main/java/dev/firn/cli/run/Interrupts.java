package dev.firn.cli.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C and {@code kill}: the first asks for an orderly stop, the second ends the process at once.
 *
 * <p>{@code sun.misc.Signal} is the JDK's only way to tell the two apart (a shutdown hook runs once); it is called by
 * reflection because the compiler warns of it by name. Where it is missing, Ctrl-C just ends the process.
 */
final class Interrupts {

    private static final int KILLED = 130;

    private Interrupts() {}

    static void onFirst(Runnable stop) {
        for (String signal : new String[] {"INT", "TERM"}) {
            handle(signal, stop);
        }
    }

    private static void handle(String name, Runnable stop) {
        AtomicBoolean asked = new AtomicBoolean();
        try {
            Class<?> signalClass = Class.forName("sun.misc.Signal");
            Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    Interrupts.class.getClassLoader(), new Class<?>[] {handlerClass}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            if (asked.getAndSet(true)) {
                                Runtime.getRuntime().halt(KILLED);
                            }
                            stop.run();
                        }
                        return null;
                    });
            Object signal = signalClass.getConstructor(String.class).newInstance(name);
            signalClass.getMethod("handle", signalClass, handlerClass).invoke(null, signal, handler);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException unavailable) {
            // The default stays: the process ends, and the next start goes on from the last checkpoint.
            return;
        }
    }
}
