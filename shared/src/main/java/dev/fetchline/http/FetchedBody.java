package dev.fetchline.http;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What came as the body: decoded, as far as it was kept. The bytes are shared, not copied: treat them as read-only.
public final class FetchedBody {
    /// No body at all.
    public static final FetchedBody NONE = new FetchedBody(new byte[0], 0, null, false);

    private final byte[] bytes;
    private final int length;
    private final @Nullable Truncation truncated;
    private final boolean stillEncoded;

    FetchedBody(byte[] bytes, int length, @Nullable Truncation truncated, boolean stillEncoded) {
        this.bytes = bytes;
        this.length = length;
        this.truncated = truncated;
        this.stillEncoded = stillEncoded;
    }

    /// Why a body is not, or may not be, the whole of what the server meant to send.
    public enum Truncation {
        /// It went past the limit on decoded bytes and was cut there.
        LENGTH,
        /// Its Content-Encoding broke off or was not what the header says; what could be decoded is kept.
        ENCODING,
        /// The message framing contradicts itself or is not understood (RFC 9112 section 6.3), so where the body ends
        /// is
        /// a guess.
        FRAMING
    }

    /// The array that starts with the body's bytes; it may be longer than the body.
    public byte[] array() {
        return bytes;
    }

    /// The body's bytes in an array of their own.
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /// Decoded bytes kept.
    public int length() {
        return length;
    }

    /// Null where the body is whole.
    public @Nullable Truncation truncated() {
        return truncated;
    }

    /// Whether the bytes are in a Content-Encoding that was not asked for and is not undone.
    public boolean stillEncoded() {
        return stillEncoded;
    }

    @Override
    public String toString() {
        return length + " bytes" + (truncated == null ? "" : ", truncated: " + truncated) + " "
                + HexFormat.of().formatHex(bytes, 0, Math.min(length, 16));
    }
}
