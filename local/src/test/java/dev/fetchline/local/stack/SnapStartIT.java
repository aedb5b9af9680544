package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.probe.RebindingProvider;
import dev.fetchline.testing.ServerKeys;
import dev.fetchline.testing.TestCertificate;
import dev.fetchline.testing.TestSockets;
import dev.fetchline.testing.TestWeb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The packaged function under the real runtime client, started as for a snapshot: it stops where the
/// snapshot would be taken, is looked at, and goes on as if restored. A process of its own each time, since
/// what is loaded once stays.
@Timeout(300)
final class SnapStartIT {
    private static final String CONSCRYPT = "conscrypt";
    private static final String CRT = "aws-crt";

    @TempDir
    Path directory;

    /// What a process has at one moment.
    private record Look(String maps, List<String> sockets, List<String> log, long records) {}

    private static Look look(LocalStack stack, long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try (var files = Files.list(process.resolve("fd"))) {
            String tcp = Files.readString(process.resolve("net/tcp")) + Files.readString(process.resolve("net/tcp6"));
            List<String> sockets = new ArrayList<>();
            for (Path file : files.toList()) {
                // socket:[inode]
                String inode = Files.readSymbolicLink(file).toString().replaceAll("\\D", "");
                if (Files.readSymbolicLink(file).toString().startsWith("socket:") && tcp.contains(" " + inode + " ")) {
                    sockets.add(inode);
                }
            }
            return new Look(Files.readString(process.resolve("maps")), sockets, Probe.log(stack), stack.recordCount());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private LocalStack stack(Path artifact, Map<String, String> environment, Consumer<FunctionEnvironment> restoring) {
        Map<String, String> all = new HashMap<>(
                Map.of("FETCH_ALLOW_NETWORKS", "127.0.0.1", "FETCH_ALLOW_PORTS", "1-65535", "FETCH_ATTEMPTS_MAX", "1"));
        all.putAll(environment);
        return LocalStack.start(new LocalStackSettings(
                        Path.of("..", "template.yaml"),
                        artifact,
                        Map.of("SnapStart", "PublishedVersions", "BatchWindowSeconds", "1"),
                        all,
                        directory.resolve("logs"),
                        false)
                .withDrill(new Drill(
                        null,
                        null,
                        null,
                        null,
                        1,
                        new Disturbance() {
                            @Override
                            public void restoring(FunctionEnvironment function) {
                                restoring.accept(function);
                            }
                        },
                        null)));
    }

    private static Map<String, String> statuses(LocalStack stack) {
        return stack.records().stream()
                .collect(Collectors.toMap(
                        record -> record.get("submitted").s(),
                        record -> record.get("status").s()));
    }

    @Test
    void native_code_is_loaded_after_the_restore_and_priming_leaves_no_trace() throws Exception {
        TestCertificate root = TestCertificate.draft("Test Root").authority().signed();
        TestCertificate.Draft server = TestCertificate.draft("server").issuedBy(root);
        Artifact artifact = Artifact.copyTo(directory.resolve("artifact"))
                .with(RebindingProvider.class)
                .withProviders(RebindingProvider.class.getName());
        List<FunctionEnvironment> started = new ArrayList<>();
        List<Look> atSnapshot = new ArrayList<>();
        LocalStack[] its = new LocalStack[1];
        try (TestWeb web = TestWeb.start("127.0.0.1");
                TestWeb denied = TestWeb.start("127.0.0.9");
                TestSockets secure = TestSockets.start(
                        ServerKeys.showing(server.hosts("127.0.0.1").signed().chain()),
                        List.of("TLSv1.3"),
                        (socket, _) -> {
                            TestSockets.readHead(socket.getInputStream());
                            socket.getOutputStream()
                                    .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                            .getBytes(StandardCharsets.US_ASCII));
                        });
                LocalStack stack = stack(
                        artifact.directory(),
                        Map.of("FETCH_EXTRA_CA_FILE", root.pemIn(directory).toString()),
                        function -> {
                            started.add(function);
                            atSnapshot.add(look(its[0], function.pid()));
                        })) {
            its[0] = stack;
            web.respond("/", 200, "good");
            String plain = web.url("/");
            String tls = secure.url("https", "/");
            String rebinding = "http://a-127-0-0-1.a-127-0-0-9.test:" + denied.port() + "/";
            stack.startEventSourceMapping();
            stack.send(List.of("{\"urls\":[\"%s\",\"%s\",\"%s\"]}".formatted(plain, tls, rebinding)));
            Until.holds("the queue is empty", () -> stack.messagesLeft() == 0);

            Look before = atSnapshot.getFirst();
            assertThat(before.maps()).as("mapped before the snapshot").doesNotContain(CONSCRYPT, CRT);
            assertThat(before.sockets()).as("the runtime client's own").hasSizeLessThanOrEqualTo(1);
            assertThat(before.records()).as("records of priming").isZero();
            assertThat(before.log())
                    .anyMatch(line -> line.contains("\"event\":\"primed\""))
                    .noneMatch(line -> line.contains("_aws"));
            assertThat(look(stack, started.getFirst().pid()).maps())
                    .as("mapped after the restore")
                    .contains(CONSCRYPT, CRT);
            assertThat(statuses(stack))
                    .containsOnly(Map.entry(plain, "OK"), Map.entry(tls, "OK"), Map.entry(rebinding, "FAILED"));
            assertThat(denied.connections()).as("past the second lock").isZero();
            assertThat(Probe.log(stack).stream().filter(line -> line.contains("_aws")))
                    .singleElement()
                    .asString()
                    .contains("\"Urls\":3");
            assertThat(stack.deadLetters()).isZero();
            assertThat(stack.batchesRows()).as("rows of priming").isEmpty();
        }
    }

    @Test
    void a_restore_that_fails_is_told_and_takes_no_event() throws IOException {
        Path trusted = TestCertificate.draft("Test Root").authority().signed().pemIn(directory);
        Path artifact =
                LocalStackSettings.artifactOfThisMachine(Path.of("..", "functions", "fetch", "target", "lambda"));
        try (LocalStack stack = stack(artifact, Map.of("FETCH_EXTRA_CA_FILE", trusted.toString()), _ -> {
            try {
                Files.writeString(trusted, "gone meanwhile");
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        })) {
            stack.startEventSourceMapping();
            stack.send(List.of("http://127.0.0.1:1/"));
            Until.holds("given up", () -> stack.functionFailure().isPresent());
            assertThat(Probe.log(stack))
                    .anyMatch(line -> line.contains("\"event\":\"not restored\"")
                            && line.contains("found " + trusted + ", expected a readable PEM file"));
            assertThat(stack.messagesLeft()).isEqualTo(1);
            assertThat(stack.recordCount()).isZero();
        }
    }
}
