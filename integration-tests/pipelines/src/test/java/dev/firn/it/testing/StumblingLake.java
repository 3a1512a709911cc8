package dev.firn.it.testing;

import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.source.OutsideException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/** A lake whose user dies at one step, right before or right behind it, the first time that it comes while the quarantine is read. */
public final class StumblingLake {

    public static final Step NOWHERE = new Step("", When.BEFORE);

    private enum When {
        BEFORE,
        BEHIND
    }

    /** @param name of what is done: {@code append} for the ledger, {@code commit sales.orders} for a table */
    public record Step(String name, When when) {}

    private StumblingLake() {}

    public static Step before(String name) {
        return new Step(name, When.BEFORE);
    }

    public static Step behind(String name) {
        return new Step(name, When.BEHIND);
    }

    public static Lake of(Lake lake, Step step) {
        AtomicBoolean stumbled = new AtomicBoolean(true);
        return proxy(Lake.class, (method, arguments) -> {
            if (method.getName().equals("ledger")) {
                Ledger ledger = lake.ledger();
                return proxy(
                        Ledger.class,
                        (ofLedger, its) -> at(ofLedger.getName(), step, stumbled, () -> call(ofLedger, ledger, its)));
            }
            if (method.getName().equals("quarantined")) {
                stumbled.set(false);
            }
            String name = method.getName().equals("commit") ? "commit " + arguments[0] : method.getName();
            return at(name, step, stumbled, () -> call(method, lake, arguments));
        });
    }

    private interface Call {
        Object call() throws Throwable;
    }

    private interface Handler {
        Object of(Method method, Object[] arguments) throws Throwable;
    }

    private static Object at(String name, Step step, AtomicBoolean stumbled, Call call) throws Throwable {
        boolean here = name.equals(step.name()) && stumbled.compareAndSet(false, true);
        if (here && step.when() == When.BEFORE) {
            throw new OutsideException("stumbled before " + name);
        }
        Object answer = call.call();
        if (here) {
            throw new OutsideException("stumbled behind " + name);
        }
        return answer;
    }

    private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        InvocationHandler invocations = (proxy, method, arguments) -> handler.of(method, arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, invocations));
    }
}
