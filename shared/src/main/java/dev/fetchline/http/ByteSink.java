package dev.fetchline.http;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// One growing array with a cap: what a hostile body can make the heap hold is the cap, whatever the size
/// of its chunks.
final class ByteSink {
    /// Without a Content-Length most bodies are small.
    private static final int FIRST_CAPACITY = 8 * 1024;

    private final int cap;
    private final int firstCapacity;
    private byte[] bytes = new byte[0];
    private int length;
    private boolean overflowed;

    /// An empty sink.
    ///
    /// @param cap bytes kept at the most
    /// @param expected a hint, believed only up to the cap; negative where unknown
    ByteSink(int cap, long expected) {
        this.cap = cap;
        // Taken only when a body comes: the answer to HEAD has the length of one and none.
        this.firstCapacity = (int) Math.min(cap, expected < 0 ? FIRST_CAPACITY : expected);
    }

    /// Takes as many of `count` bytes as there is room for.
    ///
    /// @return false once there was more than fits
    boolean write(byte[] source, int offset, int count) {
        int fits = roomFor(count);
        System.arraycopy(source, offset, bytes, length, fits);
        length += fits;
        return !overflowed;
    }

    /// Takes as many of the buffer's bytes as there is room for.
    ///
    /// @return false once there was more than fits
    boolean write(ByteBuffer source) {
        int fits = roomFor(source.remaining());
        source.get(bytes, length, fits);
        length += fits;
        return !overflowed;
    }

    /// Makes room for that many bytes, or for as many of them as the cap lets in, and says how many.
    private int roomFor(int count) {
        int fits = Math.min(count, cap - length);
        if (length + fits > bytes.length) {
            long capacity = Math.max(firstCapacity, Math.max(length + (long) fits, bytes.length * 2L));
            bytes = Arrays.copyOf(bytes, (int) Math.min(cap, capacity));
        }
        overflowed |= fits < count;
        return fits;
    }

    boolean overflowed() {
        return overflowed;
    }

    int length() {
        return length;
    }

    byte[] array() {
        return bytes;
    }
}
