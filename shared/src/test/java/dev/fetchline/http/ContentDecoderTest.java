package dev.fetchline.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.http.FetchedBody.Truncation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Encoded bodies as the suites of Go (compress/gzip), Chromium (net/filter), urllib3, aiohttp, node-fetch, undici and
/// curl have them, however they are cut into pieces.
class ContentDecoderTest {
    private static final int CAP = 100_000;
    private static final byte[] TEXT =
            "She sells sea shells by the sea shore, foo foo foo. ".repeat(40).getBytes(UTF_8);

    static Stream<Arguments> bodies() throws IOException {
        byte[] gzip = gzip(TEXT);
        byte[] zlib = deflate(TEXT, false);
        byte[] raw = deflate(TEXT, true);
        byte[] foo = "foo".getBytes(UTF_8);
        byte[] adler =
                Arrays.copyOfRange(deflate(foo, false), deflate(foo, false).length - 4, deflate(foo, false).length);
        return Stream.of(
                // whole
                row("gzip", gzip, TEXT, null),
                row("GZIP", gzip, TEXT, null),
                row(" x-gzip ", gzip, TEXT, null),
                row("identity, gzip", gzip, TEXT, null),
                row(",gzip,,", gzip, TEXT, null),
                row("deflate", zlib, TEXT, null),
                row("Deflate", raw, TEXT, null),
                row("gzip", gzip(new byte[0]), new byte[0], null),
                row("deflate", deflate(new byte[0], false), new byte[0], null),
                row("deflate", deflate(new byte[0], true), new byte[0], null),
                row("gzip", new byte[0], new byte[0], null),
                row("deflate", new byte[0], new byte[0], null),
                // Go: members, empty ones too
                row("gzip", joined(gzip, gzip, gzip), joined(TEXT, TEXT, TEXT), null),
                row("gzip", joined(gzip(new byte[0]), gzip, gzip(new byte[0])), TEXT, null),
                // aiohttp: zlib with a window of 512 bytes
                row("deflate", joined(hex("1895"), deflate(foo, true), adler), foo, null),
                // urllib3: what follows is no member
                row("gzip", joined(gzip, "foofoofoo".getBytes(UTF_8)), TEXT, null),
                row("gzip", joined(gzip, new byte[1_000]), TEXT, null),
                row("gzip", joined(gzip, hex("1f")), TEXT, null),
                row("gzip", joined(gzip, hex("1f 8b 09 00")), TEXT, null),
                row("deflate", joined(zlib, "garbage".getBytes(UTF_8)), TEXT, null),
                row("deflate", joined(raw, "garbage".getBytes(UTF_8)), TEXT, null),
                // Go: what follows is a member that breaks off
                row("gzip", joined(gzip, Arrays.copyOf(gzip, 3)), TEXT, Truncation.ENCODING),
                row("gzip", joined(gzip, Arrays.copyOf(gzip, 9)), TEXT, Truncation.ENCODING),
                row("gzip", joined(gzip, Arrays.copyOf(gzip, 10)), TEXT, Truncation.ENCODING),
                row("gzip", joined(gzip, hex("1f 8b 08 00 00 00 00 00 00 00 07")), TEXT, Truncation.ENCODING),
                // node-fetch, Chromium: without its trailer, or with a wrong one
                row("gzip", Arrays.copyOf(gzip, gzip.length - 8), TEXT, Truncation.ENCODING),
                row("gzip", Arrays.copyOf(gzip, gzip.length - 1), TEXT, Truncation.ENCODING),
                row("gzip", flipped(gzip, gzip.length - 8), TEXT, Truncation.ENCODING),
                row("gzip", flipped(gzip, gzip.length - 1), TEXT, Truncation.ENCODING),
                row("deflate", Arrays.copyOf(zlib, zlib.length - 4), TEXT, Truncation.ENCODING),
                row("deflate", flipped(zlib, zlib.length - 1), TEXT, Truncation.ENCODING),
                // lies
                row("gzip", TEXT, new byte[0], Truncation.ENCODING),
                row("gzip", zlib, new byte[0], Truncation.ENCODING),
                row("gzip", new byte[10], new byte[0], Truncation.ENCODING),
                row("gzip", hex("1f 8b 07 00 00 00 00 00 00 00"), new byte[0], Truncation.ENCODING),
                row("deflate", hex("ff ff ff ff"), new byte[0], Truncation.ENCODING),
                row("deflate", hex("78"), new byte[0], Truncation.ENCODING),
                row("deflate", hex("78 bb 00 00 00 01 00 00"), new byte[0], Truncation.ENCODING),
                // bombs
                row("gzip", gzip(new byte[5_000_000]), new byte[CAP], Truncation.LENGTH),
                row("deflate", deflate(new byte[5_000_000], true), new byte[CAP], Truncation.LENGTH),
                row("gzip", gzip(new byte[CAP]), new byte[CAP], null));
    }

    private static Arguments row(String encoding, byte[] sent, byte[] decoded, @Nullable Truncation truncated) {
        return Arguments.of(encoding, HexFormat.of().formatHex(sent), decoded, truncated);
    }

    @ParameterizedTest(name = "{index} {0}, {3}")
    @MethodSource("bodies")
    void decodes_what_can_be_decoded_and_says_what_could_not(
            String encoding, String sent, byte[] decoded, @Nullable Truncation truncated) {
        byte[] bytes = HexFormat.of().parseHex(sent);
        for (int piece : new int[] {1, 2, 3, 7, 16_384}) {
            var body = collected(encoding, bytes, piece);
            assertThat(body.toByteArray()).as("in pieces of %d", piece).isEqualTo(decoded);
            assertThat(body.truncated()).as("in pieces of %d", piece).isEqualTo(truncated);
            assertThat(body.stillEncoded()).isFalse();
        }
    }

    @Test
    void a_body_that_breaks_off_anywhere_is_labelled() throws IOException {
        for (var whole : List.of(gzip(TEXT), deflate(TEXT, false), deflate(TEXT, true))) {
            var encoding = whole[0] == 0x1f ? "gzip" : "deflate";
            for (int length = 1; length < whole.length; length++) {
                var body = collected(encoding, Arrays.copyOf(whole, length), 5);
                assertThat(body.truncated())
                        .as("%s, %d bytes", encoding, length)
                        .isEqualTo(Truncation.ENCODING);
                assertThat(body.toByteArray()).isEqualTo(Arrays.copyOf(TEXT, body.length()));
            }
        }
    }

    @Test
    void no_damage_makes_it_fail_or_pass_the_cap() throws IOException {
        var random = new Random(5);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = random.nextBoolean() ? gzip(TEXT) : deflate(TEXT, random.nextBoolean());
            var encoding = bytes[0] == 0x1f ? "gzip" : "deflate";
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            var byOne = collected(encoding, bytes, 1);
            var atOnce = collected(encoding, bytes, bytes.length);
            assertThat(byOne.length()).isBetween(0, CAP);
            assertThat(byOne.toByteArray()).isEqualTo(atOnce.toByteArray());
            assertThat(byOne.truncated()).isEqualTo(atOnce.truncated());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"br", "zstd", "compress", "x-compress", "dcb", "exi", "gzip, br", "br, gzip", "gzip, gzip", "foo"
            })
    void what_is_not_undone_is_kept_and_labelled(String encoding) {
        var body = collected(encoding, TEXT, 100);
        assertThat(body.toByteArray()).isEqualTo(TEXT);
        assertThat(body.stillEncoded()).isTrue();
        assertThat(body.truncated()).isNull();
    }

    /// No content codings, but found in Content-Encoding: browsers take the body as it is.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "identity",
                "none",
                "None",
                "binary",
                "8bit",
                "7bit",
                "utf-8",
                "UTF8",
                "ISO-8859-1",
                "us-ascii",
                ","
            })
    void what_names_no_encoding_needs_none(String encoding) {
        var body = collected(encoding, TEXT, 100);
        assertThat(body.toByteArray()).isEqualTo(TEXT);
        assertThat(body.stillEncoded()).isFalse();
    }

    private static FetchedBody collected(String encoding, byte[] sent, int piece) {
        var collector = BodyCollector.of(new Head(encoding), CAP);
        var wanted = new Wanted();
        collector.onSubscribe(wanted);
        for (int from = 0; from < sent.length && !wanted.cancelled; from += piece) {
            collector.onNext(List.of(ByteBuffer.wrap(sent, from, Math.min(piece, sent.length - from))));
        }
        if (!wanted.cancelled) {
            collector.onComplete();
        }
        return collector.getBody().toCompletableFuture().join();
    }

    private record Head(String encoding) implements ResponseInfo {
        @Override
        public int statusCode() {
            return 200;
        }

        @Override
        public HttpHeaders headers() {
            return HttpHeaders.of(Map.of("Content-Encoding", List.of(encoding)), (_, _) -> true);
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }

    private static final class Wanted implements Flow.Subscription {
        private boolean cancelled;

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    private static byte[] hex(String bytes) {
        return HexFormat.of().parseHex(bytes.replace(" ", ""));
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= 1;
        return flipped;
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    private static byte[] deflate(byte[] plain, boolean raw) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var deflate = new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, raw))) {
            deflate.write(plain);
        }
        return out.toByteArray();
    }
}
