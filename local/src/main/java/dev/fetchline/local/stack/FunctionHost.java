package dev.fetchline.local.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// Environments that the caller starts and hands events to, one by one, without queue and mapping: of the function of
/// template.yaml, or of another program that speaks Lambda's Runtime API in its place.
public final class FunctionHost implements AutoCloseable {
    private final StackDefinition definition;
    private final FunctionLog log;
    private final Path scratch;
    private final RuntimeClient client;
    private int started;

    private FunctionHost(StackDefinition definition, FunctionLog log, Path scratch) {
        this.definition = definition;
        this.log = log;
        this.scratch = scratch;
        this.client = RuntimeClient.choose(false, scratch);
    }

    /// A host for the function of a template.
    ///
    /// @param queueServer what the function is given as the endpoint of SQS; nothing is sent there by the host
    /// @throws LocalStackException with one sentence for a person
    public static FunctionHost open(Path template, URI queueServer, Path logDirectory) {
        try {
            return new FunctionHost(
                    StackTemplate.read(template, Map.of()).define(queueServer),
                    FunctionLog.create(logDirectory),
                    Files.createTempDirectory("fetchline-host"));
        } catch (IOException e) {
            throw new LocalStackException("No temporary directory can be made: " + e.getMessage() + ".", e);
        }
    }

    /// What a process is started with.
    ///
    /// @param command with its arguments
    /// @param directory in which it runs; for the function its packaged artifact
    /// @param memoryMb of the environment
    /// @param variables over those of the template
    /// @param dynamoDbEndpoint what it is given as the endpoint of the table
    public record Program(
            List<String> command,
            Path directory,
            int memoryMb,
            Map<String, String> variables,
            URI dynamoDbEndpoint,
            URI sqsEndpoint) {}

    /// The function's memory as the template has it, in MB.
    public int memoryMb() {
        return definition.function().memoryMb();
    }

    /// The command line that Lambda would start the function with.
    public List<String> functionCommand(int memoryMb) {
        return client.command(definition.function().handler(), memoryMb, false);
    }

    /// The function's handler as the template has it.
    public String handler() {
        return definition.function().handler();
    }

    /// The same virtual machine with the same settings, and another program in it.
    ///
    /// @param options JVM options beside those of the function
    public List<String> javaCommand(String mainClass, String classPath, List<String> options, int memoryMb) {
        return new RuntimeClient(mainClass, classPath, options, "").command(mainClass, memoryMb, false);
    }

    /// Starts an environment; the caller closes it.
    public FunctionEnvironment start(Program program) {
        FunctionDefinition function = definition.function();
        started++;
        return FunctionEnvironment.start(
                started,
                new FunctionLaunch(
                        new FunctionDefinition(
                                function.name(),
                                function.handler(),
                                function.timeout(),
                                program.memoryMb(),
                                false,
                                function.environment()),
                        function.timeout(),
                        program.directory().toAbsolutePath(),
                        program.command(),
                        program.variables(),
                        program.sqsEndpoint(),
                        program.dynamoDbEndpoint(),
                        1,
                        false,
                        Disturbance.NONE),
                log);
    }

    /// An event as the mapping would make it of messages with these bodies, received for the first time.
    public String event(List<String> bodies) {
        Batch batch = new Batch(bodies.size());
        for (String body : bodies) {
            if (!batch.offer(SqsRecord.of(
                    message(body),
                    "arn:aws:sqs:%s:%s:%s"
                            .formatted(
                                    StackTemplate.REGION,
                                    StackTemplate.ACCOUNT,
                                    definition.queue().name())))) {
                throw new IllegalArgumentException(bodies.size() + " messages are too large for one event");
            }
        }
        return batch.event();
    }

    private static Message message(String body) {
        String now = Long.toString(System.currentTimeMillis());
        return Message.builder()
                .messageId(UUID.randomUUID().toString())
                .receiptHandle(UUID.randomUUID().toString())
                .body(body)
                .md5OfBody(md5(body))
                .attributes(Map.of(
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        now,
                        MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP,
                        now,
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                        "1",
                        MessageSystemAttributeName.SENDER_ID,
                        StackTemplate.ACCOUNT))
                .build();
    }

    private static String md5(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The file that the environments write their lines to.
    public Path log() {
        return log.file();
    }

    /// Removes what was made for the environments; they are the caller's to close.
    @Override
    public void close() {
        Scratch.remove(scratch);
    }
}
