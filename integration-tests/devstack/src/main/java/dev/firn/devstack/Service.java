package dev.firn.devstack;

import java.io.IOException;
import java.util.List;

/** How a service is started on a port, and how to see that it is up. */
interface Service {

    String name();

    String description();

    /** What a client needs to find it. */
    String address(int port);

    List<String> command(int port) throws IOException;

    /** True as soon as clients can use the service. */
    boolean answers(int port);
}
