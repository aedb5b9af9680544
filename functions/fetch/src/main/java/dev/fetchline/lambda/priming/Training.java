package dev.fetchline.lambda.priming;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Makes the ahead-of-time cache of the container image (JEP 514), while the image is built: starts the function as
/// Lambda would, with all of its native libraries, gives it events of priming, and ends it by SIGTERM, upon which the
/// JVM writes the cache. Nothing but loopback is reached.
public final class Training {
    private static final int EVENTS = 3;
    private static final long MINUTES_MAX = 5;

    private final Path cache;
    private final List<String> command;

    private Training(Path cache, List<String> command) {
        this.cache = cache;
        this.command = command;
    }

    /// Runs it.
    ///
    /// @param arguments the file to write; then the image's entry point and its arguments
    /// @throws IOException where the function fails, or leaves no cache
    public static void main(String[] arguments) throws IOException, GeneralSecurityException, InterruptedException {
        List<String> command = List.of(arguments);
        new Training(Path.of(command.getFirst()).toAbsolutePath(), command.subList(1, command.size())).run();
    }

    private void run() throws IOException, GeneralSecurityException, InterruptedException {
        // The function would start from it in place of making it.
        Files.deleteIfExists(cache);
        try (PrimingWeb web = PrimingWeb.start();
                PrimingAws aws = PrimingAws.start();
                TrainingLambda lambda = TrainingLambda.start(events(web))) {
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            builder.environment().putAll(environment(lambda, aws));
            builder.environment().putAll(PrimingSettings.environment(web.ports(), web.trusted(), aws.endpoint()));
            Process function = builder.start();
            try {
                var _ = function.onExit().thenRun(lambda::end);
                boolean worked = lambda.awaitEnd(MINUTES_MAX);
                function.destroy();
                if (!worked || !function.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
                    throw new IOException("the training took longer than " + MINUTES_MAX + " minutes");
                }
                if (!lambda.fault().isEmpty()) {
                    throw new IOException("the function reported " + lambda.fault());
                }
            } finally {
                function.destroyForcibly();
            }
        }
        if (!Files.exists(cache)) {
            throw new IOException("the function ended without writing " + cache);
        }
    }

    /// Pages only. What goes wrong ends in deferrals, and the SDK's client would not accept what [PrimingAws] answers
    /// to those: it has no checksums.
    private static List<String> events(PrimingWeb web) {
        PrimingEvents events = new PrimingEvents(web);
        return IntStream.range(0, EVENTS)
                .mapToObj(round -> events.plain(round).json())
                .toList();
    }

    private Map<String, String> environment(TrainingLambda lambda, PrimingAws aws) {
        return Map.of(
                "JAVA_TOOL_OPTIONS",
                // Warnings are of classes that no cache takes, a hundred of them.
                "-XX:AOTCacheOutput=" + cache + " -Xlog:aot*=error",
                "AWS_LAMBDA_RUNTIME_API",
                lambda.address(),
                "AWS_LAMBDA_INITIALIZATION_TYPE",
                "on-demand",
                "AWS_LAMBDA_FUNCTION_NAME",
                "training",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                "1024",
                "AWS_REGION",
                "us-east-1",
                "AWS_ACCESS_KEY_ID",
                "training",
                "AWS_SECRET_ACCESS_KEY",
                "training",
                "AWS_ENDPOINT_URL_SQS",
                aws.endpoint().toString(),
                "AWS_ENDPOINT_URL_DYNAMODB",
                aws.endpoint().toString());
    }
}
