package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.testing.TestWeb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a start and the first event load, since loading is most of what a start costs: the packaged function under
/// Lambda's own runtime client, by what the JVM says of its classes.
@Timeout(300)
final class LoadedClassesIT {
    /// A tenth above what it was when this was written (4,774; JDK 25.0.3 on Linux), and a tenth below what a binder of
    /// data made of it: more than this is a library that came in.
    private static final int CLASSES_MAX = 5_250;

    private static final String SQS_CLIENT = "software.amazon.awssdk.services.sqs.DefaultSqsAsyncClient";

    @TempDir
    Path directory;

    private LocalStack stack(Path log) {
        return LocalStack.start(new LocalStackSettings(
                Path.of("..", "template.yaml"),
                Artifact.copyTo(directory.resolve("artifact")).directory(),
                Map.of(),
                Map.of(
                        "FETCH_ALLOW_NETWORKS",
                        "127.0.0.1",
                        "FETCH_ALLOW_PORTS",
                        "1-65535",
                        "JAVA_TOOL_OPTIONS",
                        "-XX:TieredStopAtLevel=1 -Djava.net.preferIPv4Stack=true --enable-native-access=ALL-UNNAMED"
                                + " -Xlog:class+load:file=" + log),
                directory.resolve("logs"),
                false));
    }

    /// `[0.012s][info][class,load] java.lang.Object source: …`
    private static List<String> classes(Path log) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.map(line -> line.split(" +"))
                    .filter(words -> Arrays.asList(words).contains("source:"))
                    .map(words -> words[Arrays.asList(words).indexOf("source:") - 1])
                    .toList();
        }
    }

    private static void invoke(LocalStack stack, String body) {
        assertThat(stack.invoke(Probe.event(body)).payload()).isEqualTo("{\"batchItemFailures\":[]}");
    }

    @Test
    void an_event_in_which_all_goes_well_loads_no_binder_of_data_and_no_client_of_the_queues() throws Exception {
        Path log = directory.resolve("classes");
        try (TestWeb web = TestWeb.start("127.0.0.1");
                LocalStack stack = stack(log)) {
            web.respond("/", 200, "good");
            invoke(stack, web.url("/"));
            assertThat(stack.recordCount()).isEqualTo(1);
            List<String> loaded = classes(log);
            assertThat(loaded)
                    .contains("dev.fetchline.lambda.FetchHandler", "dev.fetchline.record.ResultRecord")
                    .doesNotContain(SQS_CLIENT)
                    .noneMatch(name -> name.contains("databind") || name.contains("joda") || name.contains("Gson"))
                    .hasSizeLessThan(CLASSES_MAX);

            invoke(stack, "[");
            assertThat(stack.deadLetters()).isEqualTo(1);
            assertThat(classes(log)).contains(SQS_CLIENT);
        }
    }
}
