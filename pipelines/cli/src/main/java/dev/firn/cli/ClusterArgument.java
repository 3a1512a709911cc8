package dev.firn.cli;

import dev.firn.cli.run.UsageRefused;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.project.Layers;
import dev.firn.definition.project.Project;
import dev.firn.definition.reference.Reference;
import dev.firn.definition.reference.References;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.Text;
import dev.firn.flink.session.SessionCluster;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The Flink cluster that a verb asks. */
final class ClusterArgument {

    @Option(
            names = "--cluster",
            paramLabel = "URL",
            description = {
                "The Flink cluster, such as http://127.0.0.1:8081; of several JobManagers all, with commas between.",
                "Unless said it is `cluster` of the environment in `firn.yaml`."
            })
    private @Nullable String url;

    /** @throws UsageRefused where nobody says which, or it is no address */
    SessionCluster of(Layers layers) throws UsageRefused {
        String said = url;
        if (said != null) {
            return at(said, "`--cluster`");
        }
        return named(layers)
                .orElseThrow(() -> new UsageRefused(
                        "no Flink cluster is named: say `--cluster http://HOST:PORT`, or write `cluster` into an"
                                + " environment of `" + Project.FILE + "`; cluster/start starts one on this machine"));
    }

    /**
     * The one of the environment.
     *
     * @throws UsageRefused where what it says is no address
     */
    static Optional<SessionCluster> named(Layers layers) throws UsageRefused {
        Optional<String> named = layers.inUse()
                .map(Bound::options)
                .flatMap(options -> options.cluster())
                .map(Text::raw);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        if (References.in(named.get()).stream().anyMatch(reference -> reference.kind() == Reference.Kind.SECRET)) {
            throw new UsageRefused("`cluster` in `" + Project.FILE + "` is `" + named.get()
                    + "`: an address is shown, so it can't be a secret");
        }
        return Optional.of(
                at(SystemReferences.ofThisProcess().resolve(named.get()), "`cluster` in `" + Project.FILE + "`"));
    }

    /** As the command line repeats it; empty where the project file says it. */
    String repeated() {
        return url == null ? "" : "--cluster " + url.replaceAll("\\s", "") + " ";
    }

    private static SessionCluster at(String said, String where) throws UsageRefused {
        if (said.contains("@")) {
            // A comma may be part of it: nothing of the text is repeated.
            throw new UsageRefused(where + " has a user or a password in it, which nothing here takes");
        }
        List<URI> addresses = new ArrayList<>();
        for (String address : said.split(",", -1)) {
            addresses.add(address(address.strip(), where));
        }
        return new SessionCluster(addresses);
    }

    private static URI address(String said, String where) throws UsageRefused {
        try {
            URI uri = URI.create(said);
            if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
                throw new UsageRefused(where + " has a `?` or a `#` in it, and what follows is no part of an address");
            }
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
                return uri;
            }
        } catch (IllegalArgumentException wrong) {
            // Said below.
        }
        throw new UsageRefused(where + " is `" + said + "`, which is no address like http://HOST:PORT");
    }
}
