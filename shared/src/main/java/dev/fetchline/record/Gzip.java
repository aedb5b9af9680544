package dev.fetchline.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// Compresses for storage (RFC 1952).
final class Gzip {
    /// Between two looks at the size so far; a body that will not fit costs no more than the bytes that would.
    private static final int STEP = 8 * 1024;

    private Gzip() {}

    /// The compressed bytes; empty where they would be more than `bytesMax`.
    static Optional<byte[]> compress(byte[] plain, int bytesMax) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(Math.min(plain.length, 4 * 1024));
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            for (int at = 0; at < plain.length; at += STEP) {
                gzip.write(plain, at, Math.min(STEP, plain.length - at));
                if (compressed.size() > bytesMax) {
                    return Optional.empty();
                }
            }
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return compressed.size() <= bytesMax ? Optional.of(compressed.toByteArray()) : Optional.empty();
    }
}
