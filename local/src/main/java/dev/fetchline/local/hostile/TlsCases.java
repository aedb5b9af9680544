package dev.fetchline.local.hostile;

import static dev.fetchline.local.hostile.Expected.failed;
import static dev.fetchline.local.hostile.Expected.ok;

import dev.fetchline.local.hostile.HostileCase.Door;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// TLS that is wrong, old, or does not come to its end.
final class TlsCases {
    private static final String THEME = "tls";
    private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";

    /// Of what must run out of time.
    private static final String LIMIT_MS = "4000";

    private TlsCases() {}

    static List<HostileCase> all() {
        return Stream.of(certificates(), handshakes(), time(), inside())
                .flatMap(List::stream)
                .toList();
    }

    private static List<HostileCase> certificates() {
        return List.of(
                of("a right certificate", Door.HTTPS, Script.of(HELLO), ok("hello")),
                of("a certificate whose time is over", Door.EXPIRED, Script.of(HELLO), failed("TLS_EXPIRED")),
                of("the certificate of another host", Door.WRONG_HOST, Script.of(HELLO), failed("TLS_WRONG_HOST")),
                of("a certificate that nobody trusts", Door.UNTRUSTED, Script.of(HELLO), failed("TLS_UNTRUSTED")));
    }

    private static List<HostileCase> handshakes() {
        return List.of(
                raw(
                        "HTTP without TLS",
                        Script.of("HTTP/1.1 400 Bad Request\r\n\r\n").hold(),
                        failed("TLS_PROTOCOL")),
                raw("a banner of SSH", Script.of("SSH-2.0-OpenSSH_9.6\r\n").hold(), failed("TLS_PROTOCOL")),
                raw(
                        "an alert: protocol_version",
                        Script.of("\u0015\u0003\u0001\u0000\u0002\u0002F").hold(),
                        failed("TLS_PROTOCOL")),
                raw(
                        "an alert: handshake_failure",
                        Script.of("\u0015\u0003\u0003\u0000\u0002\u0002(").hold(),
                        failed("TLS_PROTOCOL")),
                raw("a server of TLS 1.0 alone", Script.of(serverHello(1)).hold(), failed("TLS_PROTOCOL")),
                raw("a server of TLS 1.1 alone", Script.of(serverHello(2)).hold(), failed("TLS_PROTOCOL")),
                raw(
                        "a record longer than any may be",
                        Script.of("\u0016\u0003\u0003\u00ff\u00ff" + "x".repeat(70_000))
                                .hold(),
                        failed("TLS_PROTOCOL")),
                raw(
                        "closed in the handshake",
                        Script.of("\u0016\u0003").close(),
                        failed("DISCONNECTED").or(failed("TLS_PROTOCOL"))),
                raw("reset in the handshake", Script.silent().reset(), failed("DISCONNECTED")));
    }

    private static List<HostileCase> time() {
        return List.of(
                raw("a handshake that never begins", Script.silent().hold(), failed("TLS_TIMEOUT"))
                        .with("timeoutMs", LIMIT_MS),
                raw(
                                "a handshake that drips",
                                Script.of("\u0016\u0003\u0003@\u0000")
                                        .thenDrip("\u0002\u0000".repeat(100), Duration.ofMillis(50)),
                                failed("TLS_TIMEOUT"))
                        .with("timeoutMs", LIMIT_MS),
                of("no answer behind the handshake", Door.HTTPS, Script.silent().hold(), failed("RESPONSE_TIMEOUT"))
                        .with("timeoutMs", LIMIT_MS));
    }

    private static List<HostileCase> inside() {
        byte[] kilobyte = "a".repeat(1_024).getBytes(StandardCharsets.US_ASCII);
        return List.of(
                of(
                        "closed in a body",
                        Door.HTTPS,
                        Script.of(HELLO.replace("5\r", "9\r")).close(),
                        failed("DISCONNECTED")),
                of(
                        "cut below TLS in a body",
                        Door.HTTPS,
                        Script.of(HELLO.replace("5\r", "9\r")).cut(),
                        failed("DISCONNECTED")),
                // Who cuts the connection could cut the body where he likes (RFC 9112 section 9.8).
                of(
                                "cut below TLS where the end would be that of the body",
                                Door.HTTPS,
                                Script.of("HTTP/1.1 200 OK\r\n\r\nhello").cut(),
                                failed("DISCONNECTED"))
                        .knownFault("the JDK's client does not tell the end of TLS from a cut", ok("hello")),
                of(
                        "an end as it should be, without a length",
                        Door.HTTPS,
                        Script.of("HTTP/1.1 200 OK\r\n\r\nhello").close(),
                        ok("hello")),
                of(
                        "reset in a body",
                        Door.HTTPS,
                        Script.of(HELLO.replace("5\r", "9\r")).reset(),
                        failed("DISCONNECTED")),
                of(
                        "a body without end",
                        Door.HTTPS,
                        Script.of("HTTP/1.1 200 OK\r\n\r\n").thenForEver(kilobyte),
                        ok().truncated("LENGTH").bodyBytes(1 << 20)),
                of(
                                "a redirect to http",
                                Door.HTTPS,
                                redirect("{plain}/there"),
                                Expected.refused("DOWNGRADE").redirects(1))
                        .and("/there", Script.of(HELLO))
                        .knownFault(
                                "a redirect from https to http is followed",
                                ok("hello").redirects(1)),
                of(
                                "a redirect from http",
                                Door.HTTPS,
                                redirect("{self}/there"),
                                ok("hello").redirects(1))
                        .and("/there", Script.of(HELLO))
                        .asking("{plain}/"));
    }

    private static Script redirect(String location) {
        return Script.of("HTTP/1.1 302 -\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
    }

    /// A ServerHello of an old version (RFC 5246 section 7.4.1.3), with a cipher suite of its time.
    private static String serverHello(int minor) {
        String version = "\u0003" + (char) minor;
        String body = version + "r".repeat(32) + "\u0000" + "\u00c0\u0013" + "\u0000";
        return "\u0016" + version + "\u0000" + (char) (body.length() + 4) + "\u0002\u0000\u0000" + (char) body.length()
                + body;
    }

    private static HostileCase of(String name, Door door, Script script, Expected expected) {
        return HostileCase.of(THEME, name, script, expected).at(door);
    }

    /// A server whose bytes are sent without TLS, to who expects it.
    private static HostileCase raw(String name, Script script, Expected expected) {
        return of(name, Door.SPEAKS_FIRST, script, expected).asking("https://{host}:{port}/");
    }
}
