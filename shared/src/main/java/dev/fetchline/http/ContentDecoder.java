package dev.fetchline.http;

import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.DataFormatException;

/// Undoes a Content-Encoding as the bytes arrive (RFC 9110 section 8.4), so that only decoded bytes are
/// ever held.
abstract sealed class ContentDecoder implements AutoCloseable {
    /// What servers write into Content-Encoding that is no content coding, as other headers have it.
    /// Browsers take such a body as it is.
    private static final Set<String> NO_CODINGS = Set.of(
            "identity", "none", "binary", "8bit", "7bit", "utf-8", "utf8", "iso-8859-1", "us-ascii", "windows-1252");

    /// The decoder for a response's Content-Encoding; empty values and `identity` need none. What we did
    /// not offer in Accept-Encoding and cannot undo is kept as it came.
    static ContentDecoder forHeaders(HttpHeaders headers) {
        if (headers.firstValue("content-encoding").isEmpty()) {
            return new AsItCame(false);
        }
        List<String> encodings = headers.allValues("content-encoding").stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty() && !NO_CODINGS.contains(name))
                .toList();
        if (encodings.size() != 1) {
            return new AsItCame(!encodings.isEmpty());
        }
        return switch (encodings.getFirst()) {
            case "gzip", "x-gzip" -> new Inflating(new GzipFormat());
            case "deflate" -> new Inflating(new DeflateFormat());
            default -> new AsItCame(true);
        };
    }

    /// Decodes what arrived into `sink`.
    ///
    /// @param source of any kind: the client's buffers are read-only, and show no array
    /// @return false once no more is wanted, because the sink is full
    /// @throws DataFormatException where the bytes are not what the header says
    abstract boolean decode(ByteBuffer source, ByteSink sink) throws DataFormatException;

    /// Whether the bytes so far are a whole encoded body.
    abstract boolean isComplete();

    /// Whether the body is kept in an encoding that was not undone.
    boolean keepsEncoding() {
        return false;
    }

    @Override
    public void close() {}

    private static final class AsItCame extends ContentDecoder {
        private final boolean encoded;

        private AsItCame(boolean encoded) {
            this.encoded = encoded;
        }

        @Override
        boolean decode(ByteBuffer source, ByteSink sink) {
            return sink.write(source);
        }

        @Override
        boolean isComplete() {
            return true;
        }

        @Override
        boolean keepsEncoding() {
            return encoded;
        }
    }

    /// Feeds an [InflateFormat], which knows where compressed data begins and ends.
    private static final class Inflating extends ContentDecoder {
        private static final int CHUNK = 16 * 1024;

        private final InflateFormat format;
        private final byte[] chunk = new byte[CHUNK];
        private byte[] received = new byte[0];

        private Inflating(InflateFormat format) {
            this.format = format;
        }

        @Override
        boolean decode(ByteBuffer source, ByteSink sink) throws DataFormatException {
            int count = source.remaining();
            if (received.length < count) {
                received = new byte[count];
            }
            source.get(received, 0, count);
            format.accept(received, 0, count);
            for (int inflated = format.inflate(chunk); inflated > 0; inflated = format.inflate(chunk)) {
                if (!sink.write(chunk, 0, inflated)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        boolean isComplete() {
            return format.isComplete();
        }

        @Override
        public void close() {
            format.close();
        }
    }
}
