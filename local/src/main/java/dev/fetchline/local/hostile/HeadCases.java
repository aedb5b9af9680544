package dev.fetchline.local.hostile;

import static dev.fetchline.local.hostile.Expected.answered;
import static dev.fetchline.local.hostile.Expected.failed;
import static dev.fetchline.local.hostile.Expected.ok;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Status lines, header fields and interim responses (RFC 9112 sections 2.2, 4 and 5; RFC 9110 sections 5 and 15).
final class HeadCases {
    private static final String THEME = "head";
    private static final String REST = "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private HeadCases() {}

    static List<HostileCase> all() {
        return Stream.of(noHttp(), statusLines(), fields(), badFields(), bombs(), interim())
                .flatMap(List::stream)
                .toList();
    }

    /// What answers on a port is not always a web server.
    private static List<HostileCase> noHttp() {
        return List.of(
                closing("banner of SSH", "SSH-2.0-OpenSSH_9.6\r\n", failed("PROTOCOL")),
                closing("banner of SMTP", "220 mail.example.com ESMTP ready\r\n", failed("PROTOCOL")),
                closing("ICY 200 OK", "ICY 200 OK\r\n" + REST, failed("PROTOCOL")),
                closing("a TLS alert", "\u0015\u0003\u0003\u0000\u0002\u0002F\r\n", failed("PROTOCOL")),
                closing(
                        "HTTP/0.9: a page and no head",
                        "<html>\r\n<body>hello</body>\r\n</html>\r\n",
                        failed("PROTOCOL")),
                closing("an HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", failed("PROTOCOL")),
                closing(
                        "an empty line first",
                        "\r\n" + OK + REST,
                        failed("PROTOCOL").or(ok("hello"))),
                closing(
                        "a thousand empty lines first",
                        "\r\n".repeat(1_000) + OK + REST,
                        failed("PROTOCOL").or(ok("hello"))),
                closing("a byte order mark first", "\u00ef\u00bb\u00bf" + OK + REST, failed("PROTOCOL")),
                closing("a space first", " " + OK + REST, failed("PROTOCOL")));
    }

    /// status-line = HTTP-version SP 3DIGIT SP [ reason-phrase ].
    private static List<HostileCase> statusLines() {
        String shift = "the JDK's client reads three digits of the status and does not look at what follows them";
        return List.of(
                line("HTTP/1.1 0 OK", failed("PROTOCOL")),
                line("HTTP/1.1 099 OK", failed("PROTOCOL")),
                line("HTTP/1.1 -200 OK", failed("PROTOCOL")),
                line("HTTP/1.1 +200 OK", failed("PROTOCOL")),
                line("HTTP/1.1200 OK", failed("PROTOCOL")),
                line("HTTP/1.1  200 OK", failed("PROTOCOL").or(ok("hello"))),
                line("HTTP/3.0 200 OK", failed("PROTOCOL")),
                line("HTTP/2 200", failed("PROTOCOL")),
                line("HTTP/1.1", failed("PROTOCOL")),
                line("HTTP/1.1 2\u00b20 OK", failed("PROTOCOL")),
                line("http/1.1 200 ok", failed("PROTOCOL")),
                line("HTTP/1.1 99999 OK", failed("PROTOCOL"))
                        .knownFault(shift, answered("HTTP_ERROR", 999).body("hello")),
                line("HTTP/1.1 2000 OK", failed("PROTOCOL")).knownFault(shift, ok("hello")),
                line("HTTP/1.1 1000 OK", failed("PROTOCOL")).knownFault(shift, failed("DISCONNECTED")),
                line("HTTP/1.1 200OK", failed("PROTOCOL").or(ok("hello"))),
                line("HTTP/1.1 200", ok("hello")),
                line("HTTP/1.1 200 ", ok("hello")),
                line("HTTP/1.0 200 OK", ok("hello")),
                line("HTTP/1.9 200 OK", ok("hello")),
                line("HTTP/1.1 200 \u00c4\u00d6\u00dc", ok("hello")),
                line("HTTP/1.1 600 ?", answered("HTTP_ERROR", 600).body("hello")),
                line("HTTP/1.1 999 ?", answered("HTTP_ERROR", 999).body("hello")),
                line("HTTP/1.1 299 ?", answered("OK", 299).body("hello")));
    }

    private static List<HostileCase> fields() {
        return List.of(
                field(
                        "a folded value (obs-fold)",
                        "X-A: a\r\n b\r\n\tc",
                        ok("hello").with("header x-a", "a b c")),
                field("a header without a colon", "no colon here", ok("hello").or(failed("PROTOCOL"))),
                field("an empty header name", ": value", ok("hello").or(failed("PROTOCOL"))),
                field("Latin-1 in a value", "X-A: \u00fcber", ok("hello").with("header x-a", "\u00fcber")),
                field("UTF-8 in a value", "X-A: " + latin1OfUtf8("über"), ok("hello")),
                field("CR alone in a value", "X-A: a\rb", ok("hello").or(failed("PROTOCOL"))),
                field(
                        "a control character in a value",
                        "X-A: a\u0007b",
                        ok("hello").or(failed("PROTOCOL"))),
                field("DEL in a value", "X-A: a\u007fb", ok("hello").or(failed("PROTOCOL"))),
                field(
                        "an escape sequence in a value",
                        "X-A: \u001b[31mred",
                        ok("hello").or(failed("PROTOCOL"))),
                field("${jndi:ldap://127.0.0.1/a} in a value", "X-A: ${jndi:ldap://127.0.0.1/a}", ok("hello")),
                field("the same header a hundred times", "X-A: a\r\n".repeat(99) + "X-A: a", ok("hello")),
                closing("Content-Length on a folded line", OK + "Content-Length:\r\n 5\r\n\r\nhello", ok("hello")),
                closing("all lines ended by LF alone", (OK + REST).replace("\r\n", "\n"), ok("hello")),
                closing("no header at all", OK + "\r\nhello", ok("hello")),
                closing(
                                "a CR that hides a Content-Length",
                                OK + "X-A: a\rContent-Length: 2\r\n\r\nhello",
                                ok("hello").or(failed("PROTOCOL")))
                        .knownFault(
                                "the JDK's client takes a CR alone for the end of a line, and drops the line",
                                ok("he")));
    }

    private static List<HostileCase> badFields() {
        return List.of(
                field("space before a colon", "X-A : a", failed("PROTOCOL")),
                field("space in a name", "X A: a", failed("PROTOCOL")),
                field("NUL in a name", "X-\u0000A: a", failed("PROTOCOL")),
                field("NUL in a value", "X-A: a\u0000b", failed("PROTOCOL")),
                field("UTF-8 in a name", latin1OfUtf8("X-Ü: a"), failed("PROTOCOL")),
                field("a control character in a name", "X-\u0001A: a", failed("PROTOCOL")),
                field("space before the first name", " X-A: a", failed("PROTOCOL")),
                field("brackets in a name", "X[A]: a", failed("PROTOCOL")),
                closing(
                        "space before the colon of Content-Length",
                        OK + "Content-Length : 5\r\n\r\nhello",
                        failed("PROTOCOL")));
    }

    /// The template sets `jdk.http.maxHeaderSize` to 64 KB: names, values and 32 bytes for each.
    private static List<HostileCase> bombs() {
        byte[] line = "X-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] letters = "a".repeat(64 * 1_024).getBytes(StandardCharsets.ISO_8859_1);
        return List.of(
                field("a value of 60 KB", "X-A: " + "a".repeat(60 * 1_024), ok("hello")),
                field("a value of 64 KB", "X-A: " + "a".repeat(64 * 1_024), failed("PROTOCOL")),
                field("a value of 1 MB", "X-A: " + "a".repeat(1 << 20), failed("PROTOCOL")),
                field("a name of 1 MB", "a".repeat(1 << 20) + ": a", failed("PROTOCOL")),
                field(
                        "a thousand headers",
                        IntStream.range(0, 1_000)
                                .mapToObj(i -> "X-" + i + ": a")
                                .reduce((a, b) -> a + "\r\n" + b)
                                .orElseThrow(),
                        ok("hello")),
                HostileCase.of(
                        THEME,
                        "100,000 headers",
                        Script.of(OK).thenTimes(100_000, line).then(REST),
                        failed("PROTOCOL")),
                HostileCase.of(THEME, "headers without end", Script.of(OK).thenForEver(line), failed("PROTOCOL")),
                HostileCase.of(
                        THEME,
                        "a header line without end",
                        Script.of(OK + "X-A: ").thenForEver(letters),
                        failed("PROTOCOL")),
                HostileCase.of(
                        THEME,
                        "a status line without end",
                        Script.of("HTTP/1.1 200 ").thenForEver(letters),
                        failed("PROTOCOL")),
                HostileCase.of(
                                THEME,
                                "lines without a colon without end",
                                Script.of(OK).thenForEver(letters(500)),
                                failed("PROTOCOL").or(failed("RESPONSE_TIMEOUT")))
                        .with("timeoutMs", "4000"));
    }

    private static byte[] letters(int lines) {
        return ("no colon here" + "\r\n").repeat(lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    /// A client has to skip interim responses it does not know, and may stop at some number of them.
    private static List<HostileCase> interim() {
        String go = "HTTP/1.1 100 Continue\r\n\r\n";
        return List.of(
                closing("100 that nobody asked for", go + OK + REST, ok("hello")),
                closing("103, then 200", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK + REST, ok("hello")),
                closing(
                        "102 and 199, then 200",
                        "HTTP/1.1 102 P\r\n\r\nHTTP/1.1 199 ?\r\n\r\n" + OK + REST,
                        ok("hello")),
                closing("100 a thousand times", go.repeat(1_000) + OK + REST, failed("PROTOCOL")),
                HostileCase.of(
                        THEME,
                        "100 without end",
                        Script.silent().thenForEver(go.repeat(100).getBytes(StandardCharsets.US_ASCII)),
                        failed("PROTOCOL")),
                closing("100 and nothing more", go, failed("DISCONNECTED")),
                closing(
                        "100 with a body",
                        "HTTP/1.1 100 Continue\r\nContent-Length: 5\r\n\r\nhello" + OK + REST,
                        failed("PROTOCOL")),
                closing(
                        "101 that nobody asked for",
                        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
                        failed("PROTOCOL")));
    }

    private static HostileCase line(String statusLine, Expected expected) {
        return closing("status line " + statusLine, statusLine + "\r\n" + REST, expected);
    }

    private static HostileCase field(String name, String lines, Expected expected) {
        return closing(name, OK + lines + "\r\n" + REST, expected);
    }

    private static HostileCase closing(String name, String response, Expected expected) {
        return HostileCase.of(THEME, name, Script.of(response).close(), expected);
    }

    private static String latin1OfUtf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
