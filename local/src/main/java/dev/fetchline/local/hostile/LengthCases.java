package dev.fetchline.local.hostile;

import static dev.fetchline.local.hostile.Expected.answered;
import static dev.fetchline.local.hostile.Expected.doubtful;
import static dev.fetchline.local.hostile.Expected.failed;
import static dev.fetchline.local.hostile.Expected.ok;

import java.util.List;
import java.util.stream.Stream;

/// How long a body is, and lies about it (RFC 9112 section 6).
final class LengthCases {
    private static final String THEME = "length";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";
    private static final String CHUNKED_HELLO = "5\r\nhello\r\n0\r\n\r\n";
    private static final String POISON = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison";

    private LengthCases() {}

    static List<HostileCase> all() {
        return Stream.of(contradictions(), absurd(), wrongLengths(), withoutBody(), codings())
                .flatMap(List::stream)
                .toList();
    }

    /// Section 6.3, items 3 and 5: an error, or read with the label that the end is a guess.
    private static List<HostileCase> contradictions() {
        return List.of(
                of(
                        "Content-Length, then chunked",
                        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKED_HELLO,
                        doubtful()),
                of(
                        "chunked, then Content-Length",
                        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n" + CHUNKED_HELLO,
                        doubtful()),
                of(
                        "Content-Length 0 beside chunked",
                        "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n" + CHUNKED_HELLO,
                        doubtful()),
                of(
                        "Content-Length twice, the same",
                        "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
                        ok("hello").or(doubtful())),
                of(
                        "Content-Length twice, the first short",
                        "Content-Length: 2\r\nContent-Length: 5\r\n\r\nhello",
                        doubtful()),
                of(
                        "Content-Length twice, the second short",
                        "Content-Length: 5\r\nContent-Length: 2\r\n\r\nhello",
                        doubtful()),
                of(
                        "Content-Length as a list of the same",
                        "Content-Length: 5, 5\r\n\r\nhello",
                        ok("hello").or(doubtful())),
                of("Content-Length as a list that differs", "Content-Length: 5, 6\r\n\r\nhello", doubtful()),
                of(
                        "a smuggled response behind Content-Length beside chunked",
                        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nh" + POISON,
                        doubtful()),
                HostileCase.of(
                        THEME,
                        "a smuggled response that comes a little later",
                        Script.of(OK + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nh")
                                .pause(50)
                                .then(POISON),
                        doubtful()),
                HostileCase.of(
                        THEME,
                        "a smuggled response behind Content-Length 0 and chunked, a little later",
                        Script.of(OK + "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n")
                                .pause(50)
                                .then(POISON),
                        doubtful()));
    }

    /// Content-Length = 1*DIGIT (RFC 9110 section 8.6). All but the last two end with the connection, so that who
    /// ignores the length gets the body.
    private static List<HostileCase> absurd() {
        return Stream.concat(
                        Stream.of(
                                        "-1",
                                        "-2",
                                        "-5",
                                        "+5",
                                        "0x5",
                                        "5 5",
                                        "5;",
                                        "5.0",
                                        "5e0",
                                        "abc",
                                        "",
                                        "9223372036854775808",
                                        "18446744073709551621",
                                        "1" + "0".repeat(1_000),
                                        "5\u00b2",
                                        "\"5\"")
                                .map(length -> closing(
                                        "Content-Length: " + (length.length() > 30 ? "10^1000" : length),
                                        "Content-Length: " + length + "\r\n\r\nhello",
                                        doubtful())),
                        Stream.of("05", "   5\t", "0".repeat(100) + "5")
                                .map(length -> of(
                                        "Content-Length of " + length.length() + " chars that means 5",
                                        "Content-Length: " + length + "\r\n\r\nhello",
                                        ok("hello"))))
                .toList();
    }

    private static List<HostileCase> wrongLengths() {
        return List.of(
                closing("body shorter than Content-Length", "Content-Length: 10\r\n\r\nhello", failed("DISCONNECTED")),
                closing("no body for Content-Length", "Content-Length: 10\r\n\r\n", failed("DISCONNECTED")),
                closing(
                        "Content-Length of 2^63-1",
                        "Content-Length: 9223372036854775807\r\n\r\nhello",
                        failed("DISCONNECTED")),
                of("body longer than Content-Length", "Content-Length: 5\r\n\r\nhelloXXXXX", ok("hello")),
                of("a second response behind the body", "Content-Length: 5\r\n\r\nhello" + POISON, ok("hello")),
                of("ten responses behind the body", "Content-Length: 5\r\n\r\nhello" + POISON.repeat(10), ok("hello")),
                of("body behind Content-Length 0", "Content-Length: 0\r\n\r\nhello", ok("")),
                of("a second response behind Content-Length 0", "Content-Length: 0\r\n\r\n" + POISON, ok("")),
                closing("no length: the end of the connection is the end", "\r\nhello", ok("hello")),
                closing("no length, but keep-alive", "Connection: keep-alive\r\n\r\nhello", ok("hello")));
    }

    /// Section 6.3, items 1 and 2: these end with their head, whatever it says.
    private static List<HostileCase> withoutBody() {
        return List.of(
                whole(
                        "204 with Content-Length and body",
                        "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello",
                        noContent()),
                whole(
                        "204 with chunks",
                        "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKED_HELLO,
                        noContent()),
                whole(
                        "204 with surplus bytes",
                        "HTTP/1.1 204 No Content\r\n\r\nhello",
                        answered("OK", 204).bodyBytes(0)),
                whole(
                        "204 with a second response",
                        "HTTP/1.1 204 No Content\r\n\r\n" + POISON,
                        answered("OK", 204).bodyBytes(0)),
                whole(
                        "204 with Content-Length 0",
                        "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
                        answered("OK", 204).bodyBytes(0)),
                whole(
                        "205 with a body",
                        "HTTP/1.1 205 Reset Content\r\nContent-Length: 5\r\n\r\nhello",
                        answered("OK", 205).body("hello")),
                whole(
                        "304 with a body",
                        "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nhello",
                        answered("OK", 304).bodyBytes(0)),
                whole(
                        "304 with chunks",
                        "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKED_HELLO,
                        answered("OK", 304).bodyBytes(0)),
                of("HEAD answered with the length alone", "Content-Length: 5\r\n\r\n", ok(""))
                        .head(),
                of("HEAD answered with a body", "Content-Length: 5\r\n\r\nhello", ok(""))
                        .head(),
                of("HEAD answered with chunks", "Transfer-Encoding: chunked\r\n\r\n" + CHUNKED_HELLO, ok(""))
                        .head(),
                of("HEAD answered with a second response", "Content-Length: 5\r\n\r\n" + POISON, ok(""))
                        .head());
    }

    /// No content whatever the head says; refusing it is a choice too, but it is not a broken connection.
    private static Expected noContent() {
        return answered("OK", 204).bodyBytes(0).or(failed("PROTOCOL"));
    }

    /// Transfer-Encoding other than `chunked` alone: what was not asked for and is not understood (section 6.1).
    private static List<HostileCase> codings() {
        return Stream.concat(
                        Stream.of(
                                        "gzip, chunked",
                                        "identity",
                                        "xchunked",
                                        "chunked, chunked",
                                        "chunked, gzip",
                                        "chunked;q=1",
                                        "\"chunked\"",
                                        "chunked chunked",
                                        "")
                                .map(coding -> closing(
                                        "Transfer-Encoding: " + coding,
                                        "Transfer-Encoding: " + coding + "\r\n\r\n" + CHUNKED_HELLO,
                                        doubtful())),
                        Stream.of(
                                closing(
                                        "Transfer-Encoding: chunked, in two lines",
                                        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"
                                                + CHUNKED_HELLO,
                                        doubtful()),
                                closing(
                                        "Transfer-Encoding: chunked, then gzip, in two lines",
                                        "Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n\r\n" + CHUNKED_HELLO,
                                        doubtful()),
                                closing(
                                        "Transfer-Encoding: identity, then chunked, in two lines",
                                        "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n"
                                                + CHUNKED_HELLO,
                                        doubtful()),
                                closing(
                                                "Transfer-Encoding: <VT>chunked",
                                                "Transfer-Encoding: \u000bchunked\r\n\r\n" + CHUNKED_HELLO,
                                                doubtful())
                                        .knownFault(
                                                "the JDK's client cuts all control characters from the ends of a value",
                                                ok("hello")),
                                closing(
                                        "space before the colon of Transfer-Encoding",
                                        "Transfer-Encoding : chunked\r\n\r\n" + CHUNKED_HELLO,
                                        failed("PROTOCOL")),
                                of(
                                        "Transfer-Encoding: ChUnKeD",
                                        "Transfer-Encoding: ChUnKeD\r\n\r\n" + CHUNKED_HELLO,
                                        ok("hello")),
                                of(
                                        "tRANSFER-eNCODING",
                                        "tRANSFER-eNCODING: chunked\r\n\r\n" + CHUNKED_HELLO,
                                        ok("hello")),
                                of(
                                        "tabs around chunked",
                                        "Transfer-Encoding:\t chunked \t\r\n\r\n" + CHUNKED_HELLO,
                                        ok("hello")),
                                // Section 6.1 calls the framing faulty; the client does not tell the version apart.
                                whole(
                                        "HTTP/1.0 with chunks",
                                        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKED_HELLO,
                                        ok("hello").or(doubtful()))))
                .toList();
    }

    private static HostileCase of(String name, String rest, Expected expected) {
        return whole(name, OK + rest, expected);
    }

    private static HostileCase closing(String name, String rest, Expected expected) {
        return HostileCase.of(THEME, name, Script.of(OK + rest).close(), expected);
    }

    private static HostileCase whole(String name, String response, Expected expected) {
        return HostileCase.of(THEME, name, Script.of(response), expected);
    }
}
