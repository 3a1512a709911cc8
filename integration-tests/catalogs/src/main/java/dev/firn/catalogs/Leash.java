package dev.firn.catalogs;

import java.io.IOException;
import java.io.OutputStream;

/** Ties a server to the process that started it. */
final class Leash {

    private Leash() {}

    /** Tells the address, and returns when standard input ends. */
    static void hold(String address) throws IOException {
        System.out.println(address);
        System.in.transferTo(OutputStream.nullOutputStream());
    }
}
