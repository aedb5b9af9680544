package dev.fetchline.http;

import dev.fetchline.http.FetchedBody.Truncation;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/// Collects one body: copies and decodes as it arrives, and hangs up at the cap. The JDK's own
/// `limiting(ofByteArray())` keeps every buffer: a megabyte in one-byte chunks would hold 63.
final class BodyCollector implements BodySubscriber<FetchedBody> {
    /// An encoded body is never much longer than what it decodes to, unless it is meant to keep us busy:
    /// gzip members that hold nothing can go on for ever.
    private static final int RECEIVED_SLACK = 64 * 1024;

    private final CompletableFuture<FetchedBody> body = new CompletableFuture<>();
    private final ContentDecoder decoder;
    private final ByteSink sink;
    private final long receivedMax;
    private final boolean framingIsDoubtful;
    /// Where the client takes the body to end, by the first Content-Length; negative where nothing says so.
    private final long expectedLength;

    private Flow.@Nullable Subscription subscription;
    private @Nullable Truncation truncated;
    private long received;

    private BodyCollector(
            ContentDecoder decoder, ByteSink sink, long receivedMax, boolean framingIsDoubtful, long expectedLength) {
        this.decoder = decoder;
        this.sink = sink;
        this.receivedMax = receivedMax;
        this.framingIsDoubtful = framingIsDoubtful;
        this.expectedLength = expectedLength;
    }

    /// A collector for the body of `response`.
    ///
    /// @param cap decoded bytes kept at the most
    static BodyCollector of(ResponseInfo response, int cap) {
        HttpHeaders headers = response.headers();
        long expectedLength = expectedLength(headers);
        return new BodyCollector(
                ContentDecoder.forHeaders(headers),
                new ByteSink(cap, expectedLength),
                2L * cap + RECEIVED_SLACK,
                isDoubtful(headers),
                expectedLength);
    }

    private static long expectedLength(HttpHeaders headers) {
        try {
            return headers.firstValueAsLong("content-length").orElse(-1);
        } catch (NumberFormatException nonsense) {
            return -1;
        }
    }

    /// Content-Length beside Transfer-Encoding, more than one Content-Length or one that is no number
    /// (RFC 9112 section 6.3), or a Transfer-Encoding that the client does not undo: it knows `chunked`,
    /// alone.
    private static boolean isDoubtful(HttpHeaders headers) {
        List<String> lengths = headers.allValues("content-length");
        List<String> codings = headers.allValues("transfer-encoding");
        if (!codings.isEmpty()) {
            return !lengths.isEmpty()
                    || codings.size() > 1
                    || !codings.getFirst().strip().equalsIgnoreCase("chunked");
        }
        return lengths.size() > 1 || (lengths.size() == 1 && !isNumber(lengths.getFirst()));
    }

    private static boolean isNumber(String length) {
        for (int i = 0; i < length.length(); i++) {
            if (length.charAt(i) < '0' || length.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    @Override
    public CompletionStage<FetchedBody> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription upstream) {
        subscription = upstream;
        if (isAtDoubtfulEnd()) {
            hangUp(upstream);
        } else {
            upstream.request(1);
        }
    }

    /// What comes next on the connection may be the rest of this body: it must not become the answer to
    /// another request (RFC 9112 section 6.3).
    private boolean isAtDoubtfulEnd() {
        return framingIsDoubtful && expectedLength >= 0 && received >= expectedLength;
    }

    private void hangUp(Flow.Subscription upstream) {
        upstream.cancel();
        finish();
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        Flow.Subscription upstream = subscription;
        if (upstream == null || body.isDone()) {
            return;
        }
        try {
            for (ByteBuffer buffer : buffers) {
                if (!take(buffer)) {
                    truncated = Truncation.LENGTH;
                    hangUp(upstream);
                    return;
                }
            }
        } catch (DataFormatException broken) {
            truncated = Truncation.ENCODING;
            hangUp(upstream);
            return;
        }
        if (isAtDoubtfulEnd()) {
            hangUp(upstream);
        } else {
            upstream.request(1);
        }
    }

    private boolean take(ByteBuffer buffer) throws DataFormatException {
        int count = buffer.remaining();
        if (count == 0) {
            return true;
        }
        received += count;
        if (received > receivedMax) {
            return false;
        }
        return decoder.decode(buffer, sink);
    }

    @Override
    public void onError(Throwable failure) {
        decoder.close();
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        // The client completes what was cancelled at its last byte.
        if (!body.isDone()) {
            finish();
        }
    }

    private void finish() {
        if (truncated == null && received > 0 && !decoder.isComplete()) {
            truncated = Truncation.ENCODING;
        }
        decoder.close();
        if (truncated == null && framingIsDoubtful) {
            truncated = Truncation.FRAMING;
        }
        body.complete(new FetchedBody(sink.array(), sink.length(), truncated, decoder.keepsEncoding()));
    }
}
