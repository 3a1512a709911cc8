package dev.firn.it.testing.windows;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts itself between Firn and a lake, and stops where a window says; everything else passes as it is. */
final class Stops {

    /** Does what the real thing does. */
    private interface Real {
        @Nullable
        Object call() throws Throwable;
    }

    private interface Between {
        @Nullable
        Object call(String method, Object[] arguments, Real real) throws Throwable;
    }

    private final WindowFolder windows;

    Stops(WindowFolder windows) {
        this.windows = windows;
    }

    Lake between(Lake lake) {
        return proxy(Lake.class, lake, (method, arguments, real) -> switch (method) {
            case "ledger" -> between((Ledger) returned(real));
            case "writers" -> between((TableWriters) returned(real));
            case "commit" -> commit((TableName) arguments[0], staged(arguments[1]), real);
            default -> real.call();
        });
    }

    private Ledger between(Ledger ledger) {
        return proxy(
                Ledger.class,
                ledger,
                (method, arguments, real) ->
                        method.equals("append") ? append((Epoch) arguments[0], real) : real.call());
    }

    private TableWriters between(TableWriters writers) {
        return proxy(TableWriters.class, writers, (method, arguments, real) -> {
            if (method.equals("stage") && isHeld()) {
                windows.held();
                WindowFolder.waitWhile(this::isHeld);
            }
            return real.call();
        });
    }

    private @Nullable Object append(Epoch epoch, Real real) throws Throwable {
        CaughtEpoch caught = CaughtEpoch.of(epoch);
        Optional<Window> armed = windows.armed().filter(window -> isOurs(window, caught));
        if (armed.isPresent() && armed.get() == Window.CONFIRMED) {
            windows.caught(caught);
            WindowFolder.waitWhile(() -> isArmed(Window.CONFIRMED));
            return real.call();
        }
        Object answer = real.call();
        armed.ifPresent(window -> windows.caught(caught));
        return answer;
    }

    /** The first since the window was armed, and one that the window can be seen with. */
    private boolean isOurs(Window window, CaughtEpoch epoch) {
        int tables = window == Window.HALF_COMMITTED ? 2 : 1;
        return windows.epoch().isEmpty()
                && epoch.records() > 0
                && epoch.tables().size() >= tables;
    }

    private @Nullable Object commit(TableName table, List<StagedEpoch> epochs, Real real) throws Throwable {
        Optional<Window> armed = windows.armed();
        Optional<CaughtEpoch> caught = windows.epoch();
        boolean ours = armed.isPresent()
                && caught.isPresent()
                && epochs.stream()
                        .anyMatch(epoch -> epoch.epoch() == caught.get().number());
        if (!ours) {
            return real.call();
        }
        stopBefore(armed.get(), table.full());
        Object answer = real.call();
        windows.landed(table.full());
        return answer;
    }

    private void stopBefore(Window window, String table) {
        if (window == Window.WRITTEN_AHEAD) {
            windows.stopped(table);
            WindowFolder.waitWhile(() -> isArmed(window));
        } else if (window == Window.HALF_COMMITTED && windows.stopsFirst(table)) {
            WindowFolder.waitWhile(() -> isArmed(window));
        }
    }

    /** Else the next checkpoint might complete before the test has seen that the tables have the epoch. */
    private boolean isHeld() {
        return isArmed(Window.COMMITTED) && windows.epoch().isPresent();
    }

    private boolean isArmed(Window window) {
        return windows.armed().equals(Optional.of(window));
    }

    private static Object returned(Real real) throws Throwable {
        Object answer = real.call();
        if (answer == null) {
            throw new IllegalStateException("a lake answered null");
        }
        return answer;
    }

    @SuppressWarnings("unchecked") // The list's type is the interface's.
    private static List<StagedEpoch> staged(Object argument) {
        return (List<StagedEpoch>) argument;
    }

    /** By reflection, so that what these interfaces get tomorrow passes too. */
    private static <T> T proxy(Class<T> type, T real, Between between) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    Object[] arguments = given == null ? new Object[0] : given;
                    return between.call(method.getName(), arguments, () -> invoke(method, real, arguments));
                }));
    }

    private static @Nullable Object invoke(Method method, Object real, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }
}
