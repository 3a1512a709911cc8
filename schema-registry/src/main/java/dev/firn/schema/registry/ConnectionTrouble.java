package dev.firn.schema.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why there is no answer at all, for people. */
final class ConnectionTrouble {

    private ConnectionTrouble() {}

    static String inWords(@Nullable Throwable cause, RegistryUrl url) {
        if (cause instanceof HttpConnectTimeoutException) {
            return "there is no connection to it in time";
        }
        if (cause instanceof ConnectException) {
            return cause.getCause() instanceof UnresolvedAddressException
                    ? "its host name is not known"
                    : "there is no connection to it";
        }
        String message = cause instanceof IOException ? cause.getMessage() : null;
        if (message == null) {
            return "the request fails";
        }
        return cause instanceof SSLException || message.contains("fatal alert") ? tls(message) : http(message, url);
    }

    /** Java's client has words of its own for what a broken server does, and no types. */
    private static String http(String message, RegistryUrl url) {
        if (message.contains("header parser received no bytes") || message.contains("Connection reset")) {
            return "it closes the connection without an answer"
                    + (url.isEncrypted() ? ", as servers do that want another certificate in `tls`" : "");
        }
        if (message.contains("bytes received") || message.contains("EOF")) {
            return "its answer breaks off";
        }
        return message.contains("Invalid status line") ? "it does not speak HTTP" : message;
    }

    private static String tls(String message) {
        if (message.contains("PKIX") || message.contains("unable to find valid certification path")) {
            return "its certificate is not signed by an authority that is trusted here; name the authority's as"
                    + " `tls: {trusted: ...}`";
        }
        if (message.contains("subject alternative") || message.contains("No name matching")) {
            return "its certificate is for another host (" + message + ")";
        }
        if (message.contains("Received fatal alert") || message.contains("terminated the handshake")) {
            return "it wants another certificate in `tls` (" + message + ")";
        }
        return message.toLowerCase(Locale.ROOT).contains("unrecognized ssl message")
                ? "it does not speak TLS; the url may begin with `http://`"
                : message;
    }
}
