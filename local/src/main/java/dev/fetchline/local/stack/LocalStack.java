package dev.fetchline.local.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;

/// The AWS side of Fetchline on one machine, made from template.yaml: the queue and its dead-letter queue, the tables,
/// and an event source mapping that feeds the packaged function.
public final class LocalStack implements AutoCloseable {
    private static final int DEAD_LETTERS_SHOWN_MAX = 100;

    private final StackServers servers;
    private final AwsClients clients;
    private final StackResources resources;
    private final QueueMessages messages;
    private final TableRecords records;
    private final FunctionLog log;
    private final RuntimeClient runtimeClient;
    private final int functionMemoryMb;
    private final FunctionEnvironments environments;
    private final EventSourceMapping mapping;
    private final Path scratch;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalStack(LocalStackSettings settings, StackTemplate template, StackServers servers, Path scratch) {
        this.servers = servers;
        this.scratch = scratch;
        Drill drill = settings.drill();
        StackDefinition plain = template.define(servers.sqsEndpoint(), servers.account());
        StackDefinition definition = drill.applyTo(plain);
        requireHandler(settings.artifact(), definition.function().handler());
        log = FunctionLog.create(settings.logDirectory());
        runtimeClient = RuntimeClient.choose(settings.standIn(), scratch);
        log.remark(runtimeClient.description());
        clients = AwsClients.of(servers.sqsEndpoint(), servers.dynamoDbEndpoint());
        servers.check(clients);
        resources = StackResources.create(clients, definition, servers.mayHoldMore());
        messages = new QueueMessages(clients.sqs(), resources);
        records = new TableRecords(clients.dynamoDb(), resources.table());
        functionMemoryMb = definition.function().memoryMb();
        // The stand-in for the runtime client knows no hooks: the client's are native.
        boolean snapStart = definition.function().snapStart() && runtimeClient.isReal();
        environments = new FunctionEnvironments(
                new FunctionLaunch(
                        definition.function(),
                        plain.function().timeout(),
                        settings.artifact().toAbsolutePath(),
                        runtimeClient.command(
                                definition.function().handler(),
                                definition.function().memoryMb(),
                                snapStart),
                        settings.functionEnvironment(),
                        drill.disturbance().sqsEndpoint(servers.sqsEndpoint()),
                        drill.disturbance().dynamoDbEndpoint(servers.dynamoDbEndpoint()),
                        drill.invocationsPerEnvironment(),
                        snapStart,
                        drill.disturbance()),
                log);
        mapping = new EventSourceMapping(
                clients.sqs(), resources, definition.mapping(), drill.disturbance(), environments, log);
    }

    /// Starts the servers and creates the template's resources. The function's environments start when messages come,
    /// and messages come to them once [#startEventSourceMapping()] is called.
    ///
    /// @throws LocalStackException with one sentence for a person
    public static LocalStack start(LocalStackSettings settings) {
        if (!Files.isDirectory(settings.artifact())) {
            throw new LocalStackException("The packaged function " + settings.artifact()
                    + " does not exist; build it with: mvn -q -DskipTests package");
        }
        StackTemplate template = StackTemplate.read(settings.template(), settings.parameters());
        URI emulator = settings.emulator();
        StackServers servers =
                emulator == null ? EmbeddedServers.start(settings.drill().tableFaults()) : Emulator.at(emulator);
        try {
            return new LocalStack(settings, template, servers, Files.createTempDirectory("fetchline-local"));
        } catch (IOException e) {
            servers.close();
            throw new LocalStackException("No temporary directory can be made: " + e.getMessage() + ".", e);
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    /// Lambda itself takes a function without its class, and fails every message until the last is dead.
    private static void requireHandler(Path artifact, String handler) {
        String name = handler.split("::", 2)[0];
        if (!Files.exists(artifact.resolve(name.replace('.', '/') + ".class"))) {
            throw new LocalStackException("The packaged function " + artifact + " has no class " + name
                    + "; build it with: mvn -q -DskipTests package");
        }
    }

    /// Starts feeding the queue's messages to the function; a second call changes nothing.
    public void startEventSourceMapping() {
        mapping.start();
    }

    /// Stops feeding messages to the function: batches under way end, everything else stays on the queue.
    public void stopEventSourceMapping() {
        mapping.stop();
    }

    /// Hands one event to the function, past queue and mapping, and waits for its end.
    ///
    /// @param eventJson the event, as in a file for `sam local invoke`
    public Invocation invoke(String eventJson) {
        return environments.invoke(eventJson);
    }

    /// Why the function cannot be started, once two starts in a row have failed: what its static init said. The event
    /// source mapping has then stopped, and the messages are on the queue or waiting out their visibility timeout.
    public Optional<String> functionFailure() {
        return environments.failure();
    }

    /// One sentence on what runs the function: Lambda's own runtime client or a stand-in.
    public String runtimeDescription() {
        return runtimeClient.description();
    }

    /// How many environments of the function have been started so far.
    public int environmentsStarted() {
        return environments.started();
    }

    /// Whether queues and tables are an emulator's, which may hold what earlier runs left and keeps what this one
    /// leaves.
    public boolean isOnEmulator() {
        return servers.mayHoldMore();
    }

    /// Which of the queues and the tables were there before the stack was started, by their names, and are used as they
    /// are. Servers of our own start with none.
    public List<String> found() {
        return resources.found();
    }

    /// The queue that messages are sent to.
    public String queueUrl() {
        return resources.queueUrl();
    }

    /// Where messages go that could not be read or kept failing.
    public String deadLetterQueueUrl() {
        return resources.deadLetterQueueUrl();
    }

    /// The name of the results table.
    public String table() {
        return resources.table();
    }

    /// The name of the batches table, where the function tells what it did; empty where the template has none.
    public Optional<String> batchesTable() {
        return resources.batchesTable();
    }

    /// All rows of the batches table, in no order; none where there is no such table.
    public List<Map<String, AttributeValue>> batchesRows() {
        return batchesTable()
                .map(batches -> new TableRecords(clients.dynamoDb(), batches).all())
                .orElse(List.of());
    }

    /// The queue server, for any SQS client; it takes any credentials.
    public URI sqsEndpoint() {
        return servers.sqsEndpoint();
    }

    /// The table server, for any DynamoDB client; it takes any credentials whose key id is letters and digits.
    public URI dynamoDbEndpoint() {
        return servers.dynamoDbEndpoint();
    }

    /// The function's memory, as the template has it, in MB.
    public int functionMemoryMb() {
        return functionMemoryMb;
    }

    /// Where the function writes its log lines.
    public Path functionLog() {
        return log.file();
    }

    /// Sends message bodies to the queue, ten at a time within the queue's limits; returns their message ids in order.
    ///
    /// @throws LocalStackException with one sentence that names the message, counted from 1
    public List<String> send(List<String> bodies) {
        return messages.send(bodies);
    }

    /// Messages on the queue that are visible, in flight or delayed.
    public long messagesLeft() {
        return messages.counts().all();
    }

    /// Messages on the queue by their state, counted at once.
    public QueueCounts queueCounts() {
        return messages.counts();
    }

    /// When the oldest message of the queue was sent; empty where there is none, and on an emulator, which does not
    /// tell.
    public Optional<Instant> oldestSent() {
        return servers.sendTimes().flatMap(messages::oldestSent);
    }

    /// Messages on the dead-letter queue.
    public long deadLetters() {
        return messages.deadLetters();
    }

    /// Messages of the dead-letter queue with all their attributes, a hundred at most; they stay there.
    public List<Message> deadLetterMessages() {
        return deadLetterMessages(DEAD_LETTERS_SHOWN_MAX);
    }

    /// Messages of the dead-letter queue with all their attributes, `most` at most; they stay there.
    public List<Message> deadLetterMessages(int most) {
        return messages.deadLetterMessages(most);
    }

    /// All records of the table, in no order.
    public List<Map<String, AttributeValue>> records() {
        return records.all();
    }

    /// Hands over all records of the table one by one, in no order.
    public void eachRecord(Consumer<Map<String, AttributeValue>> reader) {
        records.each(reader);
    }

    /// Some records of the table, 200 at most, in no order.
    public List<Map<String, AttributeValue>> someRecords() {
        return records.some();
    }

    /// Hands over each record whose status is RETRYING, with the attributes url, fullUrl, status, httpStatus, error,
    /// retryAfter and nextAttemptAt, in no order. Reads the whole table.
    public void eachRetrying(Consumer<Map<String, AttributeValue>> reader) {
        records.eachRetrying(reader);
    }

    /// How many records the table has, final or not.
    public long recordCount() {
        return records.count();
    }

    /// Stops everything within 5 s; leaves no process behind. What is in an emulator stays there. A second call does
    /// nothing.
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        if (isOnEmulator()) {
            mapping.endPoll();
        }
        mapping.close();
        environments.close();
        clients.close();
        servers.close();
        Scratch.remove(scratch);
    }
}
