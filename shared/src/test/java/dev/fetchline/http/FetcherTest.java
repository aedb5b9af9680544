package dev.fetchline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.Networks;
import dev.fetchline.guard.PortRanges;
import dev.fetchline.guard.UrlGuard;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.RequestMethod;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.SystemTime;
import dev.fetchline.testing.TestWeb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FetcherTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int CAP = 100_000;

    private final TestWeb web = TestWeb.start();
    private final SystemTime time = new SystemTime();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = FetchClient.create(executor, null, NativeCrypto.engage());
    private final Fetcher fetcher = new Fetcher(
            client,
            new AddressLookup(executor, InetAddress::getAllByName),
            new UrlGuard(PortRanges.parse("1-65535"), Networks.parse("127.0.0.1"), Networks.parse(""), List.of()),
            "Test/1",
            time);

    @AfterEach
    void stop() {
        client.shutdownNow();
        executor.shutdownNow();
        web.close();
    }

    private HopResult fetch(String path) {
        return fetch(FetchItem.get(web.url(path)), LONG, LONG);
    }

    private HopResult fetch(FetchItem item, Duration attempt, Duration invocation) {
        FetchUrl url = (FetchUrl) FetchUrl.read(item.url());
        return fetcher.fetch(RedirectWalk.from(item, url, attempt, CAP, 5), Deadline.in(invocation, time))
                .join();
    }

    private static String text(HopResult result) {
        return new String(((HopResult.Response) result).body().toByteArray(), StandardCharsets.UTF_8);
    }

    private static FailureKind kind(HopResult result) {
        assertThat(result).isInstanceOf(HopResult.Failure.class);
        return ((HopResult.Failure) result).kind();
    }

    @Test
    void sends_what_it_should_and_gives_status_headers_and_body() {
        web.respond("/a?b=c", 203, "hello", "X-Y: z");
        FetchItem item = new FetchItem(
                web.url("/a?b=c"),
                RequestMethod.GET,
                Map.of("Authorization", "secret", "Accept", "text/x"),
                null,
                null,
                null,
                null);
        HopResult.Response response = (HopResult.Response) fetch(item, LONG, LONG);
        assertThat(response.status()).isEqualTo(203);
        assertThat(response.headers().firstValue("x-y")).contains("z");
        assertThat(text(response)).isEqualTo("hello");
        assertThat(response.body().truncated()).isNull();
        assertThat(web.requests().getFirst())
                .startsWith("GET /a?b=c HTTP/1.1\r\n")
                .contains("\r\nHost: 127.0.0.1:" + web.port() + "\r\n")
                .doesNotContainIgnoringCase("Content-Length")
                .contains("\r\nUser-Agent: Test/1\r\n")
                .contains("\r\nAccept-Encoding: gzip, deflate\r\n")
                .contains("\r\nAccept: text/x\r\n")
                .contains("\r\nAuthorization: secret\r\n")
                .doesNotContain("Upgrade")
                .doesNotContain("Cookie");
    }

    @Test
    void a_head_request_with_the_headers_of_a_body_has_none() {
        web.raw("/h", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\nContent-Encoding: gzip\r\n\r\n");
        FetchItem item = new FetchItem(web.url("/h"), RequestMethod.HEAD, Map.of(), null, null, null, null);
        HopResult.Response response = (HopResult.Response) fetch(item, LONG, LONG);
        assertThat(response.body().length()).isZero();
        assertThat(response.body().truncated()).isNull();
        assertThat(web.requests().getFirst()).startsWith("HEAD ");
    }

    @Test
    void a_connection_serves_many_requests() {
        web.respond("/k", 200, "x");
        for (int i = 0; i < 20; i++) {
            assertThat(text(fetch("/k"))).isEqualTo("x");
        }
        assertThat(web.connections()).isEqualTo(1);
    }

    static Stream<Arguments> encodings() throws IOException {
        byte[] plain = numbers(0, 1_000);
        byte[] gzip = gzip(plain);
        byte[] half = Arrays.copyOf(gzip, gzip.length / 2);
        byte[] two = concat(gzip(numbers(0, 400)), gzip(numbers(400, 1_000)));
        byte[] wrongSum = gzip.clone();
        wrongSum[gzip.length - 6] ^= 1;
        byte[] wrongAdler = deflate(plain, false);
        wrongAdler[wrongAdler.length - 1] ^= 1;
        // After a whole block that is stored as it is, a block of the type that does not exist.
        byte[] brokenInside = {0, 3, 0, (byte) 0xfc, (byte) 0xff, 'a', 'b', 'c', 7};
        return Stream.of(
                Arguments.of("gzip", gzip, plain.length, null),
                Arguments.of("x-gzip", gzip, plain.length, null),
                Arguments.of("GZip", gzip, plain.length, null),
                Arguments.of("gzip", two, plain.length, null),
                Arguments.of("gzip", concat(gzip, "junk after".getBytes(StandardCharsets.UTF_8)), plain.length, null),
                Arguments.of("gzip", gzipWithAllFields(plain), plain.length, null),
                Arguments.of("gzip", half, -1, FetchedBody.Truncation.ENCODING),
                Arguments.of("gzip", wrongSum, plain.length, FetchedBody.Truncation.ENCODING),
                Arguments.of("gzip", plain, 0, FetchedBody.Truncation.ENCODING),
                Arguments.of("gzip", new byte[0], 0, null),
                Arguments.of("deflate", deflate(plain, false), plain.length, null),
                Arguments.of("deflate", deflate(plain, true), plain.length, null),
                Arguments.of("deflate", wrongAdler, plain.length, FetchedBody.Truncation.ENCODING),
                Arguments.of("deflate", brokenInside, 3, FetchedBody.Truncation.ENCODING),
                Arguments.of("gzip", concat(Arrays.copyOf(gzip, 10), brokenInside), 3, FetchedBody.Truncation.ENCODING),
                Arguments.of("identity", plain, plain.length, null),
                Arguments.of("gzip", gzip(new byte[50_000_000]), CAP, FetchedBody.Truncation.LENGTH),
                Arguments.of("deflate", deflate(new byte[50_000_000], false), CAP, FetchedBody.Truncation.LENGTH));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void undoes_content_encodings_under_the_cap(
            String encoding, byte[] sent, int length, FetchedBody.Truncation truncated) {
        web.respond("/e", 200, sent, "Content-Encoding: " + encoding);
        // The same bytes one by one: where the pieces are cut must not matter.
        web.page("/e1", (_, out) -> {
            out.write(("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: " + encoding + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            ByteArrayOutputStream chunks = new ByteArrayOutputStream();
            for (byte b : sent) {
                chunks.writeBytes(new byte[] {'1', '\r', '\n', b, '\r', '\n'});
            }
            chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.write(chunks.toByteArray());
        });
        for (String path : List.of("/e", "/e1")) {
            FetchedBody body = ((HopResult.Response) fetch(path)).body();
            assertThat(body.truncated()).isEqualTo(truncated);
            if (length >= 0) {
                assertThat(body.length()).isEqualTo(length);
            } else {
                assertThat(body.length()).isPositive();
            }
        }
    }

    @Test
    void what_was_not_asked_for_is_kept_as_it_came() {
        web.respond("/br", 200, "not text", "Content-Encoding: br", "Content-Type: text/plain");
        FetchedBody body = ((HopResult.Response) fetch("/br")).body();
        assertThat(body.stillEncoded()).isTrue();
        assertThat(body.length()).isEqualTo(8);
    }

    @Test
    void an_endless_body_is_cut_at_the_cap_and_the_socket_closed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        web.page("/endless", (_, out) -> {
            try {
                out.write(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                while (true) {
                    out.write(("400\r\n" + "x".repeat(1024) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                }
            } finally {
                closed.countDown();
            }
        });
        FetchedBody body = ((HopResult.Response) fetch("/endless")).body();
        assertThat(body.length()).isEqualTo(CAP);
        assertThat(body.truncated()).isEqualTo(FetchedBody.Truncation.LENGTH);
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void gzip_members_that_hold_nothing_come_to_an_end() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        byte[] nothing = gzip(new byte[0]);
        web.page("/empty-members", (_, out) -> {
            try {
                out.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.ISO_8859_1));
                while (true) {
                    out.write(nothing);
                }
            } finally {
                closed.countDown();
            }
        });
        FetchedBody body = ((HopResult.Response) fetch("/empty-members")).body();
        assertThat(body.length()).isZero();
        assertThat(body.truncated()).isEqualTo(FetchedBody.Truncation.LENGTH);
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_redirect_whose_body_breaks_off_still_says_where_it_leads() {
        web.raw("/r", "HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 100\r\n\r\nshort")
                .closing("/r");
        HopResult.Response response = (HopResult.Response) fetch("/r");
        assertThat(response.status()).isEqualTo(302);
        assertThat(response.headers().firstValue("location")).contains("/x");
    }

    @Test
    void a_server_that_never_answers_ends_with_the_attempt_and_its_socket_is_closed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        web.page("/silent", (_, out) -> {
            try {
                out.write("HTTP/1.1 200 OK\r\nX-Drip: ".getBytes(StandardCharsets.ISO_8859_1));
                TestWeb.waitForHangUp(out, closed);
            } finally {
                closed.countDown();
            }
        });
        assertThat(kind(fetch(FetchItem.get(web.url("/silent")), Duration.ofSeconds(2), LONG)))
                .isEqualTo(FailureKind.RESPONSE_TIMEOUT);
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_dripping_body_ends_with_the_attempt_and_its_socket_is_closed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        web.page("/drip", (_, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            TestWeb.waitForHangUp(out, closed);
        });
        assertThat(kind(fetch(FetchItem.get(web.url("/drip")), Duration.ofSeconds(2), LONG)))
                .isEqualTo(FailureKind.BODY_TIMEOUT);
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void the_invocations_deadline_cuts_and_the_socket_is_closed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        web.page("/drip", (_, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            TestWeb.waitForHangUp(out, closed);
        });
        assertThat(fetch(FetchItem.get(web.url("/drip")), LONG, Duration.ofMillis(300)))
                .isInstanceOf(HopResult.Cut.class);
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("SSH-2.0-OpenSSH_9.2\r\n", FailureKind.PROTOCOL),
                Arguments.of("HTTP/1.1 abc OK\r\n\r\n", FailureKind.PROTOCOL),
                Arguments.of("ICY 200 OK\r\n\r\n", FailureKind.PROTOCOL),
                Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n", FailureKind.PROTOCOL),
                Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", FailureKind.PROTOCOL),
                Arguments.of("HTTP/1.1 200 OK\r\nBad Name: x\r\n\r\n", FailureKind.PROTOCOL),
                Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", FailureKind.DISCONNECTED),
                Arguments.of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", FailureKind.DISCONNECTED),
                Arguments.of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", FailureKind.PROTOCOL),
                Arguments.of(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n80000000\r\nhello", FailureKind.PROTOCOL),
                Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", FailureKind.PROTOCOL),
                Arguments.of("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello", FailureKind.PROTOCOL),
                Arguments.of("HTTP/1.1 200 OK\r\nX: " + "y".repeat(500_000), FailureKind.PROTOCOL),
                Arguments.of("", FailureKind.DISCONNECTED));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void a_broken_response_is_a_failure_of_its_kind(String response, FailureKind kind) {
        web.raw("/broken", response).closing("/broken");
        assertThat(kind(fetch("/broken"))).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: -1",
                "Content-Length: +5",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: xchunked"
            })
    void framing_that_leaves_the_end_to_guess_is_labelled(String headers) {
        web.raw("/f", "HTTP/1.1 200 OK\r\n" + headers + "\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
                .closing("/f");
        assertThat(((HopResult.Response) fetch("/f")).body().truncated()).isEqualTo(FetchedBody.Truncation.FRAMING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe",
                "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    void a_connection_is_not_used_again_when_the_end_of_a_body_was_a_guess(String response) {
        web.raw("/f", "HTTP/1.1 200 OK\r\n" + response);
        fetch("/f");
        fetch("/f");
        assertThat(web.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100\r\n\r\nshort", "Transfer-Encoding: chunked\r\n\r\nzz\r\n"})
    void a_redirect_is_followed_though_its_body_breaks_off(String rest) {
        web.raw("/r", "HTTP/1.1 302 X\r\nLocation: /there\r\n" + rest).closing("/r");
        assertThat(((HopResult.Response) fetch("/r")).headers().firstValue("location"))
                .contains("/there");
    }

    @Test
    void a_status_without_a_name_is_a_number() {
        web.respond("/s", 799, "x");
        assertThat(((HopResult.Response) fetch("/s")).status()).isEqualTo(799);
    }

    @Test
    void a_closed_port_is_a_failure_to_connect() {
        web.close();
        // The cause, a closed channel, would say less.
        assertThat(fetch("/x"))
                .isEqualTo(new HopResult.Failure(
                        FailureKind.CONNECT, "the connection was refused, or the host cannot be reached"));
    }

    @Test
    void a_name_that_does_not_exist_is_a_failure_of_dns() {
        assertThat(kind(fetch(FetchItem.get("http://no-such-name.invalid/"), LONG, LONG)))
                .isEqualTo(FailureKind.DNS);
    }

    @Test
    void a_name_with_a_denied_address_is_refused_and_nothing_connects() {
        try (TestWeb denied = TestWeb.start("127.0.0.2")) {
            FetchItem item = FetchItem.get("http://127.0.0.2:" + denied.port() + "/");
            assertThat(fetch(item, LONG, LONG)).isInstanceOf(HopResult.Refused.class);
            assertThat(denied.connections()).isZero();
        }
    }

    private static byte[] numbers(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i * 7919).append(' ');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    /// A member with extra field, name, comment and header checksum (RFC 1952 section 2.3.1).
    private static byte[] gzipWithAllFields(byte[] plain) throws IOException {
        byte[] bare = gzip(plain);
        byte[] head = Arrays.copyOf(bare, 10);
        head[3] = 2 | 4 | 8 | 16;
        byte[] fields = {3, 0, 'e', 'x', 't', 'n', 'a', 'm', 'e', 0, 'c', 0, 0x12, 0x34};
        return concat(concat(head, fields), Arrays.copyOfRange(bare, 10, bare.length));
    }

    private static byte[] deflate(byte[] plain, boolean raw) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream deflate = new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, raw))) {
            deflate.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
