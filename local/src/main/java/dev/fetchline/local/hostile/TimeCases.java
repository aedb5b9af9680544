package dev.fetchline.local.hostile;

import static dev.fetchline.local.hostile.Expected.failed;
import static dev.fetchline.local.hostile.Expected.ok;

import dev.fetchline.local.hostile.HostileCase.Door;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// Servers that take their time, or have no end. Each attempt ends at its limit with its own kind of failure.
final class TimeCases {
    private static final String THEME = "time";
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";
    private static final Duration GAP = Duration.ofMillis(50);

    /// Of what must run out of time; what must not has the default of the function, so that a slow machine proves the
    /// same.
    private static final String LIMIT_MS = "4000";

    /// FETCH_BODY_BYTES_MAX of the template.
    private static final int CAP = 1 << 20;

    private TimeCases() {}

    static List<HostileCase> all() {
        byte[] kilobyte = "a".repeat(1_024).getBytes(StandardCharsets.US_ASCII);
        byte[] oneByteChunks = "1\r\na\r\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        return List.of(
                of("never answers", Script.silent().hold(), failed("RESPONSE_TIMEOUT")),
                of(
                        "a head that drips",
                        Script.silent().thenDrip(HEAD + "X-A: a\r\n".repeat(1_000), GAP),
                        failed("RESPONSE_TIMEOUT")),
                of("half a head", Script.of(HEAD).hold(), failed("RESPONSE_TIMEOUT")),
                of(
                        "interim responses that drip",
                        Script.silent().thenDrip("HTTP/1.1 100 Continue\r\n\r\n".repeat(100), GAP),
                        failed("RESPONSE_TIMEOUT")),
                of(
                        "a head and no body",
                        Script.of(HEAD + "Content-Length: 5\r\n\r\n").hold(),
                        failed("BODY_TIMEOUT")),
                of(
                        "half a body",
                        Script.of(HEAD + "Content-Length: 5\r\n\r\nhe").hold(),
                        failed("BODY_TIMEOUT")),
                of(
                        "a body that drips",
                        Script.of(HEAD + "Content-Length: 1000\r\n\r\n").thenDrip("a".repeat(1_000), GAP),
                        failed("BODY_TIMEOUT")),
                of(
                        "a body that drips, without a length",
                        Script.of(HEAD + "\r\n").thenDrip("a".repeat(1_000), GAP),
                        failed("BODY_TIMEOUT")),
                of(
                        "chunks that drip",
                        Script.of(HEAD + "Transfer-Encoding: chunked\r\n\r\n").thenDrip("1\r\na\r\n".repeat(200), GAP),
                        failed("BODY_TIMEOUT")),
                of(
                        "all chunks but the last",
                        Script.of(HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
                                .hold(),
                        failed("BODY_TIMEOUT")),
                of(
                        "gzip that drips",
                        Script.of(HEAD + "Content-Encoding: gzip\r\n\r\n\u001f\u008b\b\b")
                                .thenDrip("a".repeat(200), GAP),
                        failed("BODY_TIMEOUT")),
                of(
                                "a body without end",
                                Script.of(HEAD + "\r\n").thenForEver(kilobyte),
                                ok().truncated("LENGTH").bodyBytes(CAP))
                        .with("timeoutMs", "20000"),
                of(
                                "a body of 1 GB, it says, without end",
                                Script.of(HEAD + "Content-Length: 1073741824\r\n\r\n")
                                        .thenForEver(kilobyte),
                                ok().truncated("LENGTH").bodyBytes(CAP))
                        .with("timeoutMs", "20000"),
                of(
                                "chunks of one byte without end",
                                Script.of(HEAD + "Transfer-Encoding: chunked\r\n\r\n")
                                        .thenForEver(oneByteChunks),
                                ok().truncated("LENGTH").bodyBytes(CAP))
                        // A million chunks take the client a second or two by themselves.
                        .with("timeoutMs", "20000"),
                of(
                                "the end of the time in the item",
                                Script.silent().hold(),
                                failed("RESPONSE_TIMEOUT").or(failed("CONNECT_TIMEOUT")))
                        .with("timeoutMs", "300"),
                of(
                                "slow, but in time",
                                Script.of(HEAD + "Content-Length: 5\r\n\r\n").thenDrip("hello", GAP),
                                ok("hello"))
                        .with("timeoutMs", "20000"),
                of("a connection that nobody takes up", Script.silent(), failed("RESPONSE_TIMEOUT"))
                        .at(Door.SPEAKS_FIRST)
                        .and("/", Script.silent().hold()),
                of("a connection that is never made", Script.silent(), failed("CONNECT_TIMEOUT"))
                        .at(Door.FULL));
    }

    private static HostileCase of(String name, Script script, Expected expected) {
        return HostileCase.of(THEME, name, script, expected).with("timeoutMs", LIMIT_MS);
    }
}
