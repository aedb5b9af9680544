package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.probe.EarlyLookUpAgent;
import dev.fetchline.local.probe.OtherProvider;
import dev.fetchline.local.probe.RawFetchHandler;
import dev.fetchline.local.probe.RebindingProvider;
import dev.fetchline.testing.TestWeb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Both locks in the packaged function under the real runtime client, with its class loaders as in
/// Lambda: what must not be reached is not. Servers on other loopback addresses stand for what is denied;
/// they count who connects.
@Timeout(300)
class LocksIT {
    private static final String STEAL = "/2018-06-01/runtime/invocation/next";

    private static TestWeb web;
    private static TestWeb denied;

    private Path directory;
    private int deniedBefore;

    @BeforeAll
    static void start() {
        web = TestWeb.start("127.0.0.1");
        denied = TestWeb.start("127.0.0.9");
        web.respond("/good", 200, "good");
        denied.respond("/", 200, "reached");
    }

    @BeforeEach
    void makeDirectory(TestInfo test) throws IOException {
        directory = Path.of(
                        "target",
                        "locks",
                        test.getTestMethod().orElseThrow().getName(),
                        Long.toHexString(System.nanoTime()))
                .toAbsolutePath();
        Files.createDirectories(directory);
        deniedBefore = denied.connections();
    }

    @AfterEach
    void nothingDeniedWasReached() {
        assertThat(denied.connections()).as("connections to the denied address").isEqualTo(deniedBefore);
    }

    @AfterAll
    static void stop() {
        web.close();
        denied.close();
    }

    /// A stack whose function may fetch from any port of the networks.
    private LocalStack stack(Artifact artifact, Path template, String networks, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "FETCH_ALLOW_NETWORKS",
                networks,
                "FETCH_ALLOW_PORTS",
                "1-65535",
                "FETCH_ATTEMPTS_MAX",
                "1",
                "FETCH_TIMEOUT_MS",
                "5000"));
        environment.putAll(more);
        return LocalStack.start(new LocalStackSettings(
                template,
                artifact.directory(),
                Map.of("BatchWindowSeconds", "1", "MaximumConcurrency", "2"),
                environment,
                directory.resolve("logs"),
                false));
    }

    private LocalStack stack(Artifact artifact, String networks, Map<String, String> more) {
        return stack(artifact, Path.of("..", "template.yaml"), networks, more);
    }

    private Artifact artifact() {
        return Artifact.copyTo(directory.resolve("artifact"));
    }

    private Artifact rebinding() {
        return artifact().with(RebindingProvider.class).withProviders(RebindingProvider.class.getName());
    }

    /// Fetches all of them in one message; the records by URL as `status kind`.
    private static Map<String, String> fetch(LocalStack stack, String batchId, List<String> urls) {
        stack.startEventSourceMapping();
        stack.send(List.of("{\"batchId\":\"%s\",\"urls\":[\"%s\"]}".formatted(batchId, String.join("\",\"", urls))));
        Until.holds("the queue is empty", () -> stack.messagesLeft() == 0);
        Map<String, String> found = new LinkedHashMap<>();
        for (Map<String, AttributeValue> item : stack.records()) {
            if (item.get("batchId").s().equals(batchId)) {
                AttributeValue error = item.get("error");
                found.put(
                        item.get("submitted").s(),
                        item.get("status").s()
                                + (error == null
                                        ? ""
                                        : " " + error.m().get("kind").s()));
            }
        }
        assertThat(found).containsOnlyKeys(urls);
        return found;
    }

    private static String at(String host, int port, String path) {
        return "http://%s:%d%s".formatted(host, port, path);
    }

    @Test
    void names_that_change_their_answer_get_nowhere() {
        int port = denied.port();
        String allowedThenDenied = at("a-127-0-0-1.a-127-0-0-9.test", port, "/");
        String deniedThenAllowed = at("a-127-0-0-9.a-127-0-0-1.test", port, "/");
        String both = at("a-127-0-0-1-127-0-0-9.test", port, "/");
        String bothTurned = at("a-127-0-0-9-127-0-0-1.test", port, "/");
        String onlyDenied = at("a-127-0-0-9.test", port, "/");
        // To the web's own port: the address that was judged answers.
        String judged = at("a-127-0-0-1.a-127-0-0-9.good.test", web.port(), "/good");
        web.respond("/to-name", 302, "", "Location: " + at("a-127-0-0-1.a-127-0-0-9.hop.test", port, "/"));
        web.respond("/to-denied-name", 302, "", "Location: " + at("a-127-0-0-9.hop.test", port, "/"));
        try (LocalStack stack = stack(rebinding(), "127.0.0.1", Map.of())) {
            assertThat(fetch(
                            stack,
                            "rebinding",
                            List.of(
                                    allowedThenDenied,
                                    deniedThenAllowed,
                                    both,
                                    bothTurned,
                                    onlyDenied,
                                    judged,
                                    web.url("/to-name"),
                                    web.url("/to-denied-name"))))
                    .containsEntry(allowedThenDenied, "FAILED CONNECT")
                    .containsEntry(deniedThenAllowed, "REFUSED ADDRESS")
                    .containsEntry(both, "REFUSED ADDRESS")
                    .containsEntry(bothTurned, "REFUSED ADDRESS")
                    .containsEntry(onlyDenied, "REFUSED ADDRESS")
                    .containsEntry(judged, "OK")
                    .containsEntry(web.url("/to-name"), "FAILED CONNECT")
                    .containsEntry(web.url("/to-denied-name"), "REFUSED ADDRESS");
        }
    }

    @Test
    void the_second_lock_holds_without_the_first() {
        int port = denied.port();
        List<String> urls = List.of(
                at("a-127-0-0-9.test", port, "/"),
                at("a-127-0-0-1-127-0-0-9.test", port, "/"),
                at("a-127-0-0-1.a-127-0-0-9.test", port, "/"),
                at("A-127-0-0-9.TEST.", port, "/"),
                at("a-127-0-0-1.open.test", web.port(), "/good"),
                at("fixed.test", port, "/"),
                at("localhost", web.port(), "/good"));
        Artifact artifact = rebinding();
        try (LocalStack stack = stack(
                artifact,
                Artifact.templateFor(directory, RawFetchHandler.class),
                "127.0.0.1",
                Map.of("FETCH_RESOLVE", "fixed.test=127.0.0.9"))) {
            for (String url : urls) {
                assertThat(stack.invoke(Probe.event(url)).succeeded()).isTrue();
            }
            assertThat(Probe.log(stack).stream().filter(line -> line.startsWith("raw ")))
                    .containsExactly(
                            "raw " + urls.get(0) + " UnresolvedAddressException",
                            "raw " + urls.get(1) + " UnresolvedAddressException",
                            // Connected to what it heard first, where nobody listens on that port.
                            "raw " + urls.get(2) + " ClosedChannelException",
                            "raw " + urls.get(3) + " UnresolvedAddressException",
                            "raw " + urls.get(4) + " 200",
                            "raw " + urls.get(5) + " UnresolvedAddressException",
                            "raw " + urls.get(6) + " 200");
        }
    }

    @Test
    void fixed_names_are_answered_and_judged() {
        String good = at("good.test", web.port(), "/good");
        String bad = at("bad.test", denied.port(), "/");
        String mixed = at("mixed.test", denied.port(), "/");
        web.respond("/to-fixed", 302, "", "Location: " + bad);
        try (LocalStack stack = stack(
                artifact(),
                "127.0.0.1",
                Map.of("FETCH_RESOLVE", "good.test=127.0.0.1 bad.test=127.0.0.9;mixed.test=127.0.0.1,127.0.0.9"))) {
            assertThat(fetch(stack, "fixed", List.of(good, bad, mixed, web.url("/to-fixed"))))
                    .containsEntry(good, "OK")
                    .containsEntry(bad, "REFUSED ADDRESS")
                    .containsEntry(mixed, "REFUSED ADDRESS")
                    .containsEntry(web.url("/to-fixed"), "REFUSED ADDRESS");
        }
    }

    @Test
    void no_event_is_stolen_although_loopback_is_allowed() throws IOException {
        try (LocalStack stack = stack(
                rebinding(),
                "127.0.0.0/8,::1",
                Map.of("FETCH_RESOLVE", "fixed.test=127.0.0.1 fixed-too.test=127.0.0.77"))) {
            assertThat(fetch(stack, "warm", List.of(web.url("/good")))).containsValue("OK");
            int api = runtimeApiPort();
            List<String> steals = new ArrayList<>(Stream.of(
                            "127.0.0.1",
                            "127.0.0.2",
                            "127.255.255.254",
                            "localhost",
                            "[::1]",
                            "[::ffff:127.0.0.1]",
                            "fixed.test",
                            "fixed-too.test",
                            "a-127-0-0-1.test",
                            "a-93-184-216-34.a-127-0-0-1.test")
                    .map(host -> at(host, api, STEAL))
                    .toList());
            for (String target : List.copyOf(steals)) {
                String path = "/steal/" + steals.size();
                web.respond(path, 307, "", "Location: " + target);
                steals.add(web.url(path));
            }
            assertThat(fetch(stack, "steal", steals))
                    .allSatisfy((url, found) -> assertThat(found).as(url).isEqualTo("REFUSED ENDPOINT"));
            assertThat(fetch(stack, "after", List.of(web.url("/good")))).containsValue("OK");
            assertThat(stack.deadLetters()).isZero();
        }
    }

    /// Where the function's process was told to find its Runtime API.
    private static int runtimeApiPort() throws IOException {
        List<ProcessHandle> processes = ProcessHandle.current().children().toList();
        for (ProcessHandle process : processes) {
            String environment = Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "environ"), StandardCharsets.ISO_8859_1);
            for (String variable : environment.split("\0")) {
                if (variable.startsWith("AWS_LAMBDA_RUNTIME_API=")) {
                    return Integer.parseInt(variable.substring(variable.lastIndexOf(':') + 1));
                }
            }
        }
        throw new IllegalStateException("no process of the function among " + processes);
    }

    /// Each way in which the JVM can come to look names up past the lock.
    enum Missing {
        SERVICE_FILE,
        ANOTHER_PROVIDER_FIRST,
        PROVIDER_WITHOUT_CLASS,
        HOSTS_FILE_PROPERTY,
        EARLIER_LOOK_UP_ON_ANOTHER_THREAD
    }

    @ParameterizedTest
    @EnumSource
    void without_the_second_lock_the_function_does_not_start(Missing missing) throws IOException {
        Artifact artifact = artifact().with(RebindingProvider.class);
        Map<String, String> environment = new HashMap<>();
        switch (missing) {
            case SERVICE_FILE -> artifact.withProviders("");
            case ANOTHER_PROVIDER_FIRST ->
                artifact.withProviders(
                        OtherProvider.class.getName() + "\ndev.fetchline.guard.GuardedResolverProvider\n");
            case PROVIDER_WITHOUT_CLASS -> artifact.withProviders("dev.fetchline.guard.Gone\n");
            case HOSTS_FILE_PROPERTY -> {
                Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 localhost\n");
                environment.put("JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + hosts);
            }
            case EARLIER_LOOK_UP_ON_ANOTHER_THREAD ->
                environment.put("JAVA_TOOL_OPTIONS", "-javaagent:" + Artifact.agent(directory, EarlyLookUpAgent.class));
        }
        int requests = web.requests().size();
        try (LocalStack stack = stack(artifact, "127.0.0.0/8", environment)) {
            stack.startEventSourceMapping();
            stack.send(List.of(web.url("/good")));
            Until.holds(
                    "the function has failed to start",
                    () -> stack.functionFailure().isPresent());
            assertThat(stack.functionFailure().orElseThrow())
                    .contains(
                            missing == Missing.PROVIDER_WITHOUT_CLASS
                                    ? "dev.fetchline.guard.Gone"
                                    : "past the address guard");
            assertThat(stack.messagesLeft()).as("messages kept").isEqualTo(1);
            assertThat(stack.recordCount()).isZero();
        }
        assertThat(web.requests()).as("fetches").hasSize(requests);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_stand_in_for_the_runtime_client_has_the_lock_too(boolean whole) {
        Artifact artifact = whole ? artifact() : artifact().withProviders("");
        try (LocalStack stack = LocalStack.start(new LocalStackSettings(
                Path.of("..", "template.yaml"),
                artifact.directory(),
                Map.of("BatchWindowSeconds", "1"),
                Map.of("FETCH_ALLOW_NETWORKS", "127.0.0.1", "FETCH_ALLOW_PORTS", Integer.toString(web.port())),
                directory.resolve("logs"),
                true))) {
            if (whole) {
                assertThat(fetch(stack, "stand-in", List.of(web.url("/good")))).containsValue("OK");
            } else {
                assertThat(stack.invoke(Probe.event(web.url("/good"))).payload())
                        .contains("past the address guard");
            }
        }
    }
}
