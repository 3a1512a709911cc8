package dev.firn.schema;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;
import dev.firn.definition.bind.Secret;
import dev.firn.definition.reference.Text;
import dev.firn.schema.registry.RegistryAccess;
import dev.firn.schema.registry.RegistryLogin;
import dev.firn.schema.registry.SubjectNames;
import dev.firn.schema.registry.TlsFiles;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The {@code registry:} of a format. */
@Component(kind = "registry", name = "registry", summary = "A schema registry that speaks Confluent's REST interface.")
public record RegistryOptions(
        @Required
                @Doc(
                        "Its address, with the path in front of `/schemas` and `/subjects` if there is one; `user:password@` is sent as basic authentication. A list, or one text with commas, names several servers of the same registry: who does not answer is passed over, and who knew something last is asked first.")
                @Example("http://localhost:8081")
                List<Text> url,
        @Doc("Who asks, with basic authentication; goes with `password`.") @Example("firn") Optional<Text> username,
        @Secret @Doc("The password of `username`.") @Example("${secret:registry-password}") Optional<Text> password,
        @Secret
                @Doc("A token that is sent as bearer authentication, in place of `username`.")
                @Example("${secret:registry-token}")
                Optional<Text> token,
        @Doc("What a connection over https is made with, where the machine's own certificates don't do.")
                Optional<TlsOptions> tls,
        @Default("topic-name")
                @Doc(
                        "Under which subject the newest schema of a topic is looked for when a plan is made: `<topic>-value`, the record's full name, or `<topic>-<the record's full name>`. Records carry the ids of their schemas, whatever the subject.")
                @Example("topic-record-name")
                SubjectNaming subjectNaming,
        @Doc("The subjects of single topics, where `subject-naming` does not say them; always with `record-name`.")
                @Example("{orders: com.acme.Order}")
                Map<String, String> subjects,
        @Doc("What follows where the registry can't say a schema to a running job.") OutageOptions onOutage) {

    private static final Pattern USER = Pattern.compile("://[^/?#]*@");

    public RegistryOptions {
        url = List.copyOf(url);
        subjects = Collections.unmodifiableSortedMap(new TreeMap<>(subjects));
        if (username.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException("`username` and `password` go together: write both of them, or neither");
        }
        if (username.isPresent() && token.isPresent()) {
            throw new IllegalArgumentException(
                    "a registry is asked with `username` and `password` or with a `token`: remove one of the two");
        }
        if ((username.isPresent() || token.isPresent())
                && url.stream().anyMatch(one -> USER.matcher(one.raw()).find())) {
            throw new IllegalArgumentException("the `url` holds a user, and so does `"
                    + (token.isPresent() ? "token" : "username") + "`: remove one of the two");
        }
        if (tls.isPresent() && url.stream().allMatch(RegistryOptions::isPlain)) {
            throw new IllegalArgumentException("`tls` is of no use with a `url` that starts with `http://`: write"
                    + " `https://`, or remove `tls`");
        }
    }

    /** Where only the url is said. */
    public static RegistryOptions at(Text url) {
        return new RegistryOptions(
                List.of(url),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                SubjectNaming.TOPIC_NAME,
                Map.of(),
                OutageOptions.UNLESS_SAID);
    }

    /** Its addresses as the file has them, without users and passwords. */
    public String shown() {
        return url.stream()
                .map(one -> USER.matcher(one.raw()).replaceAll("://"))
                .collect(Collectors.joining(", "));
    }

    /** What travels in a job. */
    public RegistryAccess access() {
        RegistryLogin login = username.<RegistryLogin>flatMap(
                        user -> password.map(secret -> new RegistryLogin.Basic(user, secret)))
                .or(() -> token.map(RegistryLogin.Bearer::new))
                .orElseGet(RegistryLogin.OfTheUrl::new);
        return new RegistryAccess(url, login, tls.map(TlsOptions::files).orElseGet(TlsFiles::none));
    }

    /** Where a running job looks first for the versions that a schema stands among. */
    public SubjectNames subjectNames() {
        String pattern =
                switch (subjectNaming) {
                    case TOPIC_NAME -> SubjectNames.TOPIC + "-value";
                    case RECORD_NAME -> SubjectNames.RECORD;
                    case TOPIC_RECORD_NAME -> SubjectNames.TOPIC + "-" + SubjectNames.RECORD;
                };
        return new SubjectNames(pattern, subjects);
    }

    private static boolean isPlain(Text url) {
        return url.raw().startsWith("http://") && !url.raw().contains(",");
    }
}
