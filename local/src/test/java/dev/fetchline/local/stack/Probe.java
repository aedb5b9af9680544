package dev.fetchline.local.stack;

import com.fasterxml.jackson.core.JsonFactory;
import dev.fetchline.local.probe.ProbeHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The probe function as an artifact, a stack around it, and what it wrote.
final class Probe {
    /// One line of the probe's: a message that it was given.
    record Delivery(long pid, int batch, int receive, String id, String body) {}

    private static final Pattern LINE =
            Pattern.compile("probe pid=(\\d+) batch=(\\d+) receive=(\\d+) id=(\\S+) body=(.*)");

    private Probe() {}

    static LocalStackSettings settings(
            Path directory, boolean standIn, Map<String, String> parameters, Map<String, String> environment) {
        return new LocalStackSettings(
                resource("probe-template.yaml"),
                artifact(directory.resolve("artifact")),
                parameters,
                environment,
                directory.resolve("logs"),
                standIn);
    }

    static Path resource(String name) {
        try {
            var url = Probe.class.getResource("/" + name);
            if (url == null) {
                throw new IllegalArgumentException(name);
            }
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// Classes at the top and jars in `lib/`, as the build packages the real function.
    private static Path artifact(Path directory) {
        try {
            Path library = Files.createDirectories(directory.resolve("lib"));
            Path jar = location(JsonFactory.class);
            Files.copy(jar, library.resolve(jar.getFileName()));
            String packageName = ProbeHandler.class.getPackageName().replace('.', '/');
            Path from = location(ProbeHandler.class).resolve(packageName);
            Path to = Files.createDirectories(directory.resolve(packageName));
            try (var classes = Files.list(from)) {
                for (Path each : classes.toList()) {
                    Files.copy(each, to.resolve(each.getFileName()));
                }
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path location(Class<?> part) {
        try {
            return Path.of(
                    part.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static List<String> log(LocalStack stack) {
        try {
            return Files.readAllLines(stack.functionLog());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Delivery> deliveries(LocalStack stack) {
        List<Delivery> deliveries = new ArrayList<>();
        for (String line : log(stack)) {
            Matcher parts = LINE.matcher(line);
            if (parts.matches()) {
                deliveries.add(new Delivery(
                        Long.parseLong(parts.group(1)),
                        Integer.parseInt(parts.group(2)),
                        Integer.parseInt(parts.group(3)),
                        parts.group(4),
                        parts.group(5)));
            }
        }
        return deliveries;
    }

    static List<Delivery> deliveries(LocalStack stack, String id) {
        return deliveries(stack).stream()
                .filter(delivery -> delivery.id().equals(id))
                .toList();
    }

    /// An event of one message, past the queue.
    static String event(String body) {
        return """
                {"Records":[{"messageId":"direct","receiptHandle":"r","body":"%s","attributes":\
                {"ApproximateReceiveCount":"1"},"messageAttributes":{},"md5OfBody":"0","eventSource":"aws:sqs",\
                "eventSourceARN":"arn:aws:sqs:us-east-1:000000000000:direct","awsRegion":"us-east-1"}]}""".formatted(body);
    }
}
