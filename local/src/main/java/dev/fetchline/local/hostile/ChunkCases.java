package dev.fetchline.local.hostile;

import static dev.fetchline.local.hostile.Expected.failed;
import static dev.fetchline.local.hostile.Expected.ok;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// The chunked transfer coding and its breakages (RFC 9112 section 7.1).
final class ChunkCases {
    private static final String THEME = "chunks";
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String END = "0\r\n\r\n";
    private static final String UNSEEN =
            "the JDK's client reads chunks itself and tells nobody how: it takes this size for another one";

    private ChunkCases() {}

    static List<HostileCase> all() {
        return Stream.of(sizes(), unseenSizes(), ends(), harmless(), trailers())
                .flatMap(List::stream)
                .toList();
    }

    /// chunk-size = 1*HEXDIG.
    private static List<HostileCase> sizes() {
        return Stream.concat(
                        Stream.of(
                                        "-5",
                                        "g",
                                        "+5",
                                        " 5",
                                        "\"5\"",
                                        ";5",
                                        "\u00005",
                                        "FFFFFFFFFFFFFFFF",
                                        "FFFFFFFF",
                                        "80000000")
                                .map(size -> closing(
                                        "chunk size " + size.replace("\u0000", "<NUL>"),
                                        size + "\r\nhello\r\n" + END,
                                        broken())),
                        Stream.of(
                                closing(
                                        "chunk size of 3 MB of digits",
                                        "0".repeat(3 << 20) + "5\r\nhello\r\n" + END,
                                        broken()),
                                closing(
                                        "chunk extension of 3 MB",
                                        "5;" + "x".repeat(3 << 20) + "\r\nhello\r\n" + END,
                                        broken()),
                                closing("chunk size ended by CR alone", "5\rhello\r\n" + END, broken()),
                                closing(
                                        "chunk lines ended by LF alone",
                                        "5\nhello\n0\n\n", // There is no end of a line in them.
                                        broken().or(failed("DISCONNECTED")).or(ok("hello"))),
                                closing(
                                        "chunk size of 2 GB less one, five bytes",
                                        "7FFFFFFF\r\nhello",
                                        failed("DISCONNECTED"))))
                .toList();
    }

    /// Where the client takes one size for another there is nothing to be seen from outside of it.
    private static List<HostileCase> unseenSizes() {
        return List.of(
                closing("chunk size 0x5", "0x5\r\nhello\r\n" + END, broken()).knownFault(UNSEEN, ok("")),
                closing("chunk size of 33 bits that ends in 5", "100000005\r\nhello\r\n" + END, broken())
                        .knownFault(UNSEEN, ok("hello")),
                closing("chunk size of 33 bits that ends in 0", "100000000\r\nhello\r\n" + END, broken())
                        .knownFault(UNSEEN, ok("")),
                closing("chunk size of 65 bits", "10000000000000005\r\nhello\r\n" + END, broken())
                        .knownFault(UNSEEN, ok("hello")),
                closing("no chunk size at all", "\r\nhello\r\n" + END, broken()).knownFault(UNSEEN, ok("")),
                closing("no chunk size after a chunk", "5\r\nhello\r\n\r\n" + END, broken())
                        .knownFault(UNSEEN, ok("hello")),
                closing("two other bytes where a chunk's CRLF must be", "5\r\nhelloXX" + END, broken())
                        .knownFault("the JDK's client steps over the two bytes behind a chunk unread", ok("hello")));
    }

    private static List<HostileCase> ends() {
        return List.of(
                closing("no CRLF behind a chunk", "5\r\nhello" + END, broken()),
                closing("no last chunk", "5\r\nhello\r\n", failed("DISCONNECTED")),
                closing("cut in a chunk size", "5\r\nhello\r\n1", failed("DISCONNECTED")),
                closing("cut in a chunk", "5\r\nhello\r\n5\r\nwo", failed("DISCONNECTED")),
                closing("cut behind a chunk", "5\r\nhello", failed("DISCONNECTED")),
                closing("cut before the first chunk", "", failed("DISCONNECTED")),
                // The body is whole by section 8, the message is not.
                closing(
                        "cut behind the last chunk size",
                        "5\r\nhello\r\n0\r\n",
                        failed("DISCONNECTED").or(ok("hello"))),
                HostileCase.of(
                        THEME, "reset in a chunk", Script.of(HEAD + "5\r\nhe").reset(), failed("DISCONNECTED")));
    }

    /// What a client has to bear.
    private static List<HostileCase> harmless() {
        return List.of(
                of("chunks as they should be", "5\r\nhello\r\n" + END, ok("hello")),
                of("leading zeros", "0000000000000000005\r\nhello\r\n000\r\n\r\n", ok("hello")),
                of(
                        "hexadecimal in both cases",
                        "a\r\n0123456789\r\nA\r\n0123456789\r\n" + END,
                        ok("01234567890123456789")),
                of("space behind a chunk size", "5 \r\nhello\r\n0 \r\n\r\n", ok("hello")),
                of("chunk extensions", "5;a\r\nhello\r\n0;b=\"c;d\"\r\n\r\n", ok("hello")),
                of("spaces around a chunk extension", "5 ; a = b\r\nhello\r\n" + END, ok("hello")),
                of(
                        "chunks that look like a response",
                        "13\r\nHTTP/1.1 404 OK\r\n\r\n\r\n" + END,
                        ok("HTTP/1.1 404 OK\r\n\r\n")),
                of(
                        "a response behind the last chunk",
                        "5\r\nhello\r\n" + END + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison",
                        ok("hello")),
                HostileCase.of(
                        THEME,
                        "ten thousand chunks of one byte",
                        Script.of(HEAD).thenTimes(10_000, latin1("1\r\nx\r\n")).then(END),
                        ok("x".repeat(10_000))),
                of("no chunk but the last", END, ok("")));
    }

    private static List<HostileCase> trailers() {
        return List.of(
                of("a trailer", "5\r\nhello\r\n0\r\nX-Checksum: 1\r\n\r\n", ok("hello")),
                of(
                        "trailers that change the framing",
                        "5\r\nhello\r\n0\r\nContent-Length: 3\r\nTransfer-Encoding: gzip\r\n\r\n",
                        ok("hello")),
                of(
                        "a trailer that looks like a response",
                        "5\r\nhello\r\n0\r\nHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison",
                        ok("hello")),
                of("a thousand trailers", "5\r\nhello\r\n0\r\n" + "X: y\r\n".repeat(1_000) + "\r\n", ok("hello")));
    }

    private static Expected broken() {
        return failed("PROTOCOL");
    }

    private static HostileCase of(String name, String chunks, Expected expected) {
        return HostileCase.of(THEME, name, Script.of(HEAD + chunks), expected);
    }

    private static HostileCase closing(String name, String chunks, Expected expected) {
        return HostileCase.of(THEME, name, Script.of(HEAD + chunks).close(), expected);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
