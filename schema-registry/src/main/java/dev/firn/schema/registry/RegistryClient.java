package dev.firn.schema.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for schemas and waits an outage out; keeps nothing. Its public methods throw {@link OutsideException} if the registry does
 * not answer within the patience given, or refuses.
 */
public final class RegistryClient {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryClient.class);

    private final Patience patience;
    private final RegistryConnection connection;

    public RegistryClient(RegistryServers servers, Patience patience) {
        this.patience = patience;
        this.connection = new RegistryConnection(servers, patience.answerWithin());
    }

    private RegistryClient(RegistryConnection connection, Patience patience) {
        this.patience = patience;
        this.connection = connection;
    }

    /** Of a registry that has nothing, so that nobody is asked. */
    static RegistryClient ofNobody() {
        return new RegistryClient(RegistryConnection.toNobody(), Patience.none());
    }

    /** The schema with an id. */
    public RegistryAnswer schema(int id) {
        return ask(RegistryQuestion.schema(id));
    }

    /** The schema with an id, asked for once. */
    RegistryAnswer tryOnce(int id) throws RegistryConnection.Outage {
        RegistryQuestion question = RegistryQuestion.schema(id);
        return understood(question, connection.ask(question));
    }

    /** What has happened to such a try, in a sentence. */
    String sentence(int id, RegistryConnection.Outage outage) {
        return sentence(RegistryQuestion.schema(id), outage);
    }

    private String sentence(RegistryQuestion question, RegistryConnection.Outage outage) {
        return connection.named() + " can't say " + question.what() + ": " + outage.getMessage();
    }

    /** Which registry is asked. */
    String origin() {
        return connection.origin();
    }

    Patience patience() {
        return patience;
    }

    /** The newest version of a subject; never kept. */
    public RegistryAnswer latest(String subject) {
        return ask(RegistryQuestion.latest(subject));
    }

    /** One version of a subject; never kept. */
    public RegistryAnswer version(String subject, int version) {
        return ask(RegistryQuestion.version(subject, version));
    }

    /** The newest version of a subject, with all that the registry says of it. */
    public SubjectVersion newest(String subject) {
        return told(RegistryQuestion.latest(subject));
    }

    /** The same of one version. */
    public SubjectVersion told(String subject, int version) {
        return told(RegistryQuestion.version(subject, version));
    }

    private SubjectVersion told(RegistryQuestion question) {
        return patiently(question, answer -> told(question, answer));
    }

    private SubjectVersion told(RegistryQuestion question, Optional<JsonNode> answer) throws RegistryConnection.Outage {
        return answer.isEmpty()
                ? SubjectVersion.UNKNOWN
                : SubjectVersion.of(answer.get(), understood(question, answer));
    }

    /** Which versions of which subjects a schema is, asked for once; deleted ones too, as far as the registry lists them. */
    List<SubjectUse> tryUses(int id) throws RegistryConnection.Outage {
        List<SubjectUse> uses = new ArrayList<>();
        for (JsonNode use : connection.ask(RegistryQuestion.uses(id)).orElseGet(MissingNode::getInstance)) {
            uses.add(SubjectUse.of(use));
        }
        return uses;
    }

    /** What has happened to such a try, or one of those for the versions that it names, in a sentence. */
    String sentenceOfUses(int id, RegistryConnection.Outage outage) {
        return connection.named() + " can't say the other versions of schema id " + id + ": " + outage.getMessage();
    }

    /** The versions of a subject, asked for once; deleted ones too. */
    List<Integer> tryVersions(String subject) throws RegistryConnection.Outage {
        return numbers(connection.ask(RegistryQuestion.versionsEvenDeleted(subject)));
    }

    /** Those of them that nobody has deleted. */
    List<Integer> tryStanding(String subject) throws RegistryConnection.Outage {
        return numbers(connection.ask(RegistryQuestion.versions(subject)));
    }

    /** A version of a subject, asked for once; even if it was deleted. */
    SubjectVersion tryVersion(String subject, int version) throws RegistryConnection.Outage {
        RegistryQuestion question = RegistryQuestion.evenDeleted(subject, version);
        return told(question, connection.ask(question));
    }

    /** The subjects whose names begin with a text, in the order of the registry. */
    public List<String> subjects(String prefix) {
        return patiently(RegistryQuestion.subjects(prefix), answer -> answer.stream()
                .flatMap(names -> StreamSupport.stream(names.spliterator(), false))
                .map(JsonNode::asText)
                .filter(name -> name.startsWith(prefix))
                .toList());
    }

    /** The versions of a subject, oldest first; none where there is no such subject. */
    public List<Integer> versions(String subject) {
        return patiently(RegistryQuestion.versions(subject), RegistryClient::numbers);
    }

    /**
     * How a subject's next version has to go with those before, in the registry's own word, asked for once; empty where it does not say
     * it, as to somebody who may read schemas and nothing else.
     */
    public Optional<String> level(String subject) {
        try {
            return connection.ask(RegistryQuestion.level(subject)).map(answer -> answer.path("compatibilityLevel")
                    .asText());
        } catch (RegistryConnection.Outage unknown) {
            return Optional.empty();
        }
    }

    private static List<Integer> numbers(Optional<JsonNode> answer) {
        return answer.stream()
                .flatMap(numbers -> StreamSupport.stream(numbers.spliterator(), false))
                .map(JsonNode::asInt)
                .sorted()
                .toList();
    }

    private RegistryAnswer ask(RegistryQuestion question) {
        return patiently(question, answer -> understood(question, answer));
    }

    private RegistryAnswer understood(RegistryQuestion question, Optional<JsonNode> answer)
            throws RegistryConnection.Outage {
        return answer.isEmpty() ? new RegistryAnswer.Unknown() : schema(question.what(), StoredSchema.of(answer.get()));
    }

    private RegistryAnswer schema(String what, StoredSchema schema) throws RegistryConnection.Outage {
        Optional<SchemaType> type = SchemaType.of(schema.type());
        if (type.isEmpty()) {
            return new RegistryAnswer.Unsupported(
                    what + " is of type `" + schema.type() + "`, and only " + SchemaType.all() + " are read");
        }
        if (schema.references().isEmpty()) {
            return new RegistryAnswer.Found(schema.text(), type.get());
        }
        return switch (type.get()) {
            case AVRO -> ReferencedSchemas.inOnePiece(connection, what, schema);
            case PROTOBUF -> ImportedFiles.beside(connection, what, schema);
            case JSON -> new RegistryAnswer.Unsupported(
                    what + " refers to other schemas, which are not put together for JSON");
        };
    }

    /** Makes of an answer what was asked for, which may mean to ask further. */
    @FunctionalInterface
    private interface Understanding<T> {
        T of(Optional<JsonNode> answer) throws RegistryConnection.Outage;
    }

    private <T> T patiently(RegistryQuestion question, Understanding<T> understanding) {
        long start = patience.time().nanoTime();
        for (int tries = 0; ; tries++) {
            try {
                T answer = understanding.of(connection.ask(question));
                if (tries > 0) {
                    LOG.info("{} answers again", connection.named());
                }
                return answer;
            } catch (RegistryConnection.Outage outage) {
                String happened = sentence(question, outage);
                if (patience.time().nanoTime() - start >= patience.limit().toNanos()) {
                    String waited =
                            tries == 0 ? "" : " (tried for " + patience.limit().toSeconds() + " seconds)";
                    throw new OutsideException(happened + waited);
                }
                if (tries == 0) {
                    LOG.warn(
                            "{}; trying again for up to {} seconds",
                            happened,
                            patience.limit().toSeconds());
                }
                pause(happened, patience.pauseAfter(tries, outage.askAgainIn()));
            }
        }
    }

    private void pause(String happened, Duration pause) {
        try {
            patience.time().pause(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutsideException(happened + " (stopped while waiting for it)");
        }
    }
}
