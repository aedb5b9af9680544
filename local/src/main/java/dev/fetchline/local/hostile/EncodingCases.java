package dev.fetchline.local.hostile;

import static dev.fetchline.local.hostile.Compressed.deflate;
import static dev.fetchline.local.hostile.Compressed.first;
import static dev.fetchline.local.hostile.Compressed.flipped;
import static dev.fetchline.local.hostile.Compressed.gzip;
import static dev.fetchline.local.hostile.Compressed.join;
import static dev.fetchline.local.hostile.Expected.ok;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Content codings that are broken, nested, unknown, or not what they are said to be (RFC 9110 section 8.4, RFC 1952).
final class EncodingCases {
    private static final String THEME = "encoding";

    /// Long enough for a cut in its middle to leave something.
    static final byte[] PLAIN =
            "The quick brown fox jumps over the lazy dog. ".repeat(100).getBytes(StandardCharsets.US_ASCII);

    private static final byte[] GZIP = gzip(PLAIN);
    private static final byte[] EMPTY_MEMBER = gzip(new byte[0]);
    private static final byte[] BOMB = Compressed.zeros(1_024);

    /// FETCH_BODY_BYTES_MAX of the template.
    private static final int CAP = 1 << 20;

    private EncodingCases() {}

    static List<HostileCase> all() {
        return Stream.of(right(), gzipBroken(), deflateBroken(), lies(), bombs())
                .flatMap(List::stream)
                .toList();
    }

    private static List<HostileCase> right() {
        return List.of(
                of("gzip", "gzip", GZIP, whole()),
                of("GZIP in capitals", "GZip", GZIP, whole()),
                of("x-gzip", "x-gzip", GZIP, whole()),
                of("identity and gzip", "identity, gzip", GZIP, whole()),
                of("three members", "gzip", join(gzip(first(PLAIN, 1_000)), EMPTY_MEMBER, gzip(tail(1_000))), whole()),
                of(
                        "bytes behind the last member",
                        "gzip",
                        join(GZIP, "garbage".getBytes(StandardCharsets.US_ASCII)),
                        whole()),
                of("zeros behind the last member", "gzip", join(GZIP, new byte[512]), whole()),
                of("deflate as zlib", "deflate", deflate(PLAIN, false), whole()),
                of("deflate without zlib", "deflate", deflate(PLAIN, true), whole()),
                of("gzip of an empty body", "gzip", EMPTY_MEMBER, ok("")),
                of("gzip said of an empty body", "gzip", new byte[0], ok("")),
                of("an empty Content-Encoding", "", PLAIN, whole()));
    }

    private static List<HostileCase> gzipBroken() {
        return List.of(
                of("gzip cut in its middle", "gzip", first(GZIP, GZIP.length / 2), broken()),
                of("gzip cut in its head", "gzip", first(GZIP, 5), broken().bodyBytes(0)),
                of("gzip cut before its checksum", "gzip", first(GZIP, GZIP.length - 8), broken().body(PLAIN)),
                of("gzip cut in its length", "gzip", first(GZIP, GZIP.length - 2), broken().body(PLAIN)),
                of("gzip with a wrong checksum", "gzip", flipped(GZIP, -6), broken().body(PLAIN)),
                of("gzip with a wrong length", "gzip", flipped(GZIP, -2), broken().body(PLAIN)),
                of("gzip with one bit changed in its data", "gzip", flipped(GZIP, GZIP.length / 2), broken()),
                of("gzip with an unknown method", "gzip", flipped(GZIP, 2), broken().bodyBytes(0)),
                of("a whole member, then half of one", "gzip", join(GZIP, first(GZIP, GZIP.length / 2)), broken()));
    }

    private static List<HostileCase> deflateBroken() {
        byte[] zlib = deflate(PLAIN, false);
        return List.of(
                of("deflate cut in its middle", "deflate", first(zlib, zlib.length / 2), broken()),
                of("deflate with a wrong checksum", "deflate", flipped(zlib, -1), broken().body(PLAIN)),
                of(
                        "deflate that needs a dictionary",
                        "deflate",
                        new byte[] {0x78, (byte) 0xbb, 1, 2, 3, 4, 5, 6},
                        broken().bodyBytes(0)),
                of("deflate said of text", "deflate", PLAIN, broken()));
    }

    private static List<HostileCase> lies() {
        return List.of(
                of("gzip said of text", "gzip", PLAIN, broken().bodyBytes(0)),
                of("text said of gzip", null, GZIP, ok().body(GZIP)),
                of("gzip twice, said twice", "gzip, gzip", gzip(GZIP), asItCame(gzip(GZIP))),
                of("gzip twice, said once", "gzip", gzip(GZIP), ok().body(GZIP)),
                of("gzip said twice, once done", "gzip, gzip", GZIP, asItCame(GZIP)),
                of("gzip in two header lines", "gzip\r\nContent-Encoding: gzip", gzip(GZIP), asItCame(gzip(GZIP))),
                of("an unknown coding", "foo", PLAIN, asItCame(PLAIN)),
                of("compress, which nobody has", "compress", PLAIN, asItCame(PLAIN)),
                of("a coding with a parameter", "gzip;q=1", GZIP, asItCame(GZIP)),
                of("a coding name of 10,000 bytes", "x".repeat(10_000), PLAIN, asItCame(PLAIN)));
    }

    private static List<HostileCase> bombs() {
        byte[] members = repeated(EMPTY_MEMBER, 5_000);
        return List.of(
                of(
                        "a bomb: 1 GB in 1 MB",
                        "gzip",
                        BOMB,
                        ok().truncated("LENGTH").body(new byte[CAP])),
                of(
                        "a bomb in a bomb",
                        "gzip",
                        gzip(BOMB),
                        ok().truncated("LENGTH").bodyBytes(CAP).or(ok().body(BOMB))),
                of("a bomb said twice", "gzip, gzip", gzip(BOMB), asItCame(gzip(BOMB))),
                of("as much as is read, to the byte", "gzip", gzip(new byte[CAP]), ok().body(new byte[CAP])),
                of(
                        "one byte more than is read",
                        "gzip",
                        gzip(new byte[CAP + 1]),
                        ok().truncated("LENGTH").body(new byte[CAP])),
                HostileCase.of(
                        THEME,
                        "members that hold nothing, without end",
                        Script.of("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
                                .thenForEver(members),
                        ok().truncated("LENGTH").bodyBytes(0)),
                HostileCase.of(
                        THEME,
                        "a gzip head without end",
                        Script.of("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
                                .thenBytes(new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0})
                                .thenForEver(PLAIN),
                        ok().truncated("LENGTH").bodyBytes(0)));
    }

    private static byte[] repeated(byte[] bytes, int times) {
        byte[][] parts = new byte[times][];
        Arrays.fill(parts, bytes);
        return join(parts);
    }

    private static byte[] tail(int from) {
        return Arrays.copyOfRange(PLAIN, from, PLAIN.length);
    }

    private static Expected whole() {
        return ok().body(PLAIN);
    }

    private static Expected broken() {
        return ok().truncated("ENCODING");
    }

    /// A coding that is not undone: the bytes count and are hashed as they came, and are no text.
    private static Expected asItCame(byte[] bytes) {
        return ok().body(bytes).notText();
    }

    private static HostileCase of(String name, @Nullable String coding, byte[] body, Expected expected) {
        String head = "Content-Type: text/plain\r\n" + (coding == null ? "" : "Content-Encoding: " + coding + "\r\n");
        return HostileCase.of(THEME, name, Script.page(head, body), expected);
    }
}
