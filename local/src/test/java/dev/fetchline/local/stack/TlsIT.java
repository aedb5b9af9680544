package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.testing.BlackHole;
import dev.fetchline.testing.ServerKeys;
import dev.fetchline.testing.TestCertificate;
import dev.fetchline.testing.TestSockets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The packaged function under the real runtime client, which lets TLS 1.0 and 1.1 back in for the whole
/// JVM, and which here is told besides not to verify host names. Whatever goes wrong with a connection is
/// in the record, by kind.
@Timeout(300)
class TlsIT {
    private static final String HERE = "127.0.0.1";
    private static final List<String> MODERN = List.of("TLSv1.3", "TLSv1.2");

    @TempDir
    static Path directory;

    private static final List<AutoCloseable> SERVERS = new ArrayList<>();
    private static TestCertificate root;
    private static OldTlsServer old;
    private static LocalStack stack;

    @BeforeAll
    static void start() throws IOException {
        root = TestCertificate.draft("Test Root").authority().signed();
        Path trusted = directory.resolve("trusted.pem");
        old = OldTlsServer.start(directory.resolve("old.pem"));
        SERVERS.add(old);
        Files.writeString(
                trusted, Files.readString(root.pemIn(directory)) + Files.readString(directory.resolve("old.pem")));
        stack = LocalStack.start(new LocalStackSettings(
                Path.of("..", "template.yaml"),
                LocalStackSettings.artifactOfThisMachine(Path.of("..", "functions", "fetch", "target", "lambda")),
                Map.of(),
                Map.of(
                        "FETCH_ALLOW_NETWORKS",
                        "127.0.0.0/8",
                        "FETCH_ALLOW_PORTS",
                        "1024-65535",
                        "FETCH_ATTEMPTS_MAX",
                        "1",
                        "FETCH_EXTRA_CA_FILE",
                        trusted.toString(),
                        "JAVA_TOOL_OPTIONS",
                        "-Djava.net.preferIPv4Stack=true --enable-native-access=ALL-UNNAMED"
                                + " -Djdk.internal.httpclient.disableHostnameVerification=true"),
                Path.of("target", "tls"),
                false));
        stack.startEventSourceMapping();
    }

    @AfterAll
    static void stop() throws Exception {
        stack.close();
        for (AutoCloseable server : SERVERS) {
            server.close();
        }
    }

    @Test
    void every_failure_of_a_connection_has_its_kind_in_the_record() {
        TestCertificate.Draft draft = TestCertificate.draft("server").issuedBy(root);
        TestCertificate good = draft.hosts(HERE).signed();
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put(secure(good, MODERN), "OK");
        kinds.put(secure(good, List.of("TLSv1.2")), "OK");
        kinds.put(secure(draft.hosts(HERE).validDays(-5, -2).signed(), MODERN), "TLS_EXPIRED");
        kinds.put(secure(draft.hosts("127.0.0.2").signed(), MODERN), "TLS_WRONG_HOST");
        kinds.put(secure(TestCertificate.draft("me").hosts(HERE).signed(), MODERN), "TLS_UNTRUSTED");
        kinds.put(old.url(), "TLS_PROTOCOL");
        kinds.put(answering("https", "HTTP/1.1 400 Bad Request\r\n\r\n", true), "TLS_PROTOCOL");
        kinds.put(answering("https", "", true), "DISCONNECTED");
        kinds.put(answering("https", "", false), "TLS_TIMEOUT");
        kinds.put(answering("http", "", false), "RESPONSE_TIMEOUT");
        kinds.put(answering("http", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbody", false), "BODY_TIMEOUT");
        BlackHole hole = BlackHole.open();
        SERVERS.add(hole);
        kinds.put("https://127.0.0.1:" + hole.port() + "/", "CONNECT_TIMEOUT");
        kinds.put("http://127.0.0.1:" + hole.port() + "/", "CONNECT_TIMEOUT");

        stack.send(List.of("{\"batchId\":\"tls\",\"defaults\":{\"timeoutMs\":4000},\"urls\":[%s]}"
                .formatted(kinds.keySet().stream().map(url -> '"' + url + '"').collect(Collectors.joining(",")))));
        Until.holds("the queue is empty", () -> stack.messagesLeft() == 0);
        assertThat(stack.deadLetters()).isZero();
        assertThat(stack.records().stream()
                        .collect(Collectors.toMap(record -> record.get("url").s(), TlsIT::kind)))
                .containsExactlyInAnyOrderEntriesOf(kinds);
    }

    private static String kind(Map<String, AttributeValue> record) {
        return record.containsKey("error")
                ? record.get("error").m().get("kind").s()
                : record.get("status").s();
    }

    /// The URL of a web that shows a certificate.
    private static String secure(TestCertificate certificate, List<String> protocols) {
        TestSockets server = TestSockets.start(ServerKeys.showing(certificate.chain()), protocols, (socket, _) -> {
            TestSockets.readHead(socket.getInputStream());
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
        });
        SERVERS.add(server);
        return server.url("https", "/");
    }

    /// The URL of a server that answers to the first bytes, whatever they are, and then hangs up or says
    /// no more.
    private static String answering(String scheme, String answer, boolean hangsUp) {
        TestSockets server = TestSockets.start((socket, _) -> {
            socket.getInputStream().read(new byte[4096]);
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            while (!hangsUp && socket.getInputStream().read() >= 0) {
                // It is not listening.
            }
        });
        SERVERS.add(server);
        return server.url(scheme, "/");
    }
}
