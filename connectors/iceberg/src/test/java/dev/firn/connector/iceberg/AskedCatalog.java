package dev.firn.connector.iceberg;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

/** A catalog that somebody hears of each time before it is asked for a table, and may hold or fail. */
final class AskedCatalog {

    private AskedCatalog() {}

    static Catalog of(Catalog real, Consumer<TableIdentifier> asked) {
        return (Catalog) Proxy.newProxyInstance(
                Catalog.class.getClassLoader(), new Class<?>[] {Catalog.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("loadTable")) {
                        asked.accept((TableIdentifier) arguments[0]);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
