package dev.fetchline.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Looks at eight bytes at a time. The JVM of Lambda does not do that by itself: it has no C2, and a loop
/// over single bytes takes four times as long there.
final class WordScan {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private WordScan() {}

    /// Whether one of the first `length` bytes is zero.
    static boolean holdsNul(byte[] bytes, int length) {
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            long word = (long) WORDS.get(bytes, i);
            // Only a zero byte borrows into a high bit that it has not itself.
            if (((word - LOW_BITS) & ~word & HIGH_BITS) != 0) {
                return true;
            }
        }
        for (; i < length; i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /// How many of the first `length` bytes are ASCII, from the beginning on, in steps of eight.
    static int asciiPrefix(byte[] bytes, int length) {
        int i = 0;
        while (i + Long.BYTES <= length && ((long) WORDS.get(bytes, i) & HIGH_BITS) == 0) {
            i += Long.BYTES;
        }
        return i;
    }
}
