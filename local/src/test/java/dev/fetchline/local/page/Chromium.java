package dev.fetchline.local.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real browser without a window, driven over the DevTools protocol
/// (<https://chromedevtools.github.io/devtools-protocol/>). All that it asks for goes to a proxy of the test's, but for
/// one port of 127.0.0.1.
final class Chromium implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long ANSWER_SECONDS_MAX = 60;
    private static final String LISTENS = "DevTools listening on ";

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final Object sending = new Object();
    private final WebSocket socket;

    private Chromium(Process process, URI devTools) {
        this.process = process;
        socket = client.newWebSocketBuilder()
                .buildAsync(devTools, new Messages())
                .join();
    }

    /// The browser of this machine: `chromium`, `chromium-browser` or `google-chrome` on the PATH.
    static Optional<Path> installed() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Arrays.stream(path.split(File.pathSeparator))
                        .map(folder -> Path.of(folder).resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// @param browser as [#installed()] found it
    /// @param profile an empty directory
    /// @param proxyPort where everything goes that is not for the page
    /// @param pagePort of 127.0.0.1, which is asked directly
    static Chromium start(Path browser, Path profile, int proxyPort, int pagePort) {
        List<String> command = List.of(
                browser.toString(),
                "--headless=new",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "--proxy-server=http://127.0.0.1:" + proxyPort,
                // Without the first, 127.0.0.1 is never asked through a proxy.
                "--proxy-bypass-list=<-loopback>;127.0.0.1:" + pagePort,
                "--no-first-run",
                "--no-default-browser-check",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--force-color-profile=srgb",
                "--hide-scrollbars",
                // The build runs as root in containers, where the browser's own sandbox does not start.
                "--no-sandbox",
                "about:blank");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Chromium(process, URI.create(devTools(process)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String devTools(Process process) throws IOException {
        BufferedReader said = process.errorReader(StandardCharsets.UTF_8);
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append('\n');
            if (line.startsWith(LISTENS)) {
                Thread.ofPlatform().daemon().start(() -> said.lines().forEach(_ -> {}));
                return line.substring(LISTENS.length()).strip();
            }
        }
        throw new IOException("the browser has not started: " + all);
    }

    /// A new tab that shows nothing yet.
    Tab tab() {
        String target = call("", "Target.createTarget", Map.of("url", "about:blank"))
                .path("targetId")
                .asText();
        String session = call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asText();
        return new Tab(this, session);
    }

    /// Calls a method of the protocol and waits for its result.
    ///
    /// @param session empty for the browser itself
    JsonNode call(String session, String method, Map<String, ?> parameters) {
        JsonNode answer = send(session, method, parameters)
                .orTimeout(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .join();
        if (answer.has("error")) {
            throw new AssertionError(method + ": " + answer.path("error"));
        }
        return answer.path("result");
    }

    private CompletableFuture<JsonNode> send(String session, String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        calls.put(id, answer);
        synchronized (sending) {
            // One text at a time is the rule of the JDK's client.
            socket.sendText(message.toString(), true).join();
        }
        return answer;
    }

    /// What the browser said by itself.
    Stream<JsonNode> events(String method) {
        return events.stream().filter(event -> event.path("method").asText().equals(method));
    }

    private void take(JsonNode message) {
        if (message.has("id")) {
            CompletableFuture<JsonNode> call = calls.remove(message.path("id").asInt());
            if (call != null) {
                call.complete(message);
            }
            return;
        }
        events.add(message);
        if (message.path("method").asText().equals("Target.attachedToTarget")) {
            String child = message.path("params").path("sessionId").asText();
            // Not on the thread that hears the answers.
            Thread.ofVirtual().start(() -> watch(child));
        }
    }

    /// Frames of other origins are targets of their own, which wait to be watched before they load anything.
    void watch(String session) {
        send(session, "Network.enable", Map.of());
        send(session, "Runtime.enable", Map.of());
        send(session, "Page.enable", Map.of());
        send(
                session,
                "Target.setAutoAttach",
                Map.of("autoAttach", true, "waitForDebuggerOnStart", true, "flatten", true));
        send(session, "Runtime.runIfWaitingForDebugger", Map.of());
    }

    private final class Messages implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    take(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } finally {
                    text.setLength(0);
                }
            }
            from.request(1);
            return null;
        }
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
