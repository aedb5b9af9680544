package dev.fetchline.http;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// `Content-Encoding: deflate`: zlib (RFC 1950) by the standard, raw deflate by what servers do. The first two bytes
/// tell which: a zlib header names method 8 and is a multiple of 31.
final class DeflateFormat implements InflateFormat {
    private @Nullable Inflater inflater;
    private byte[] held = new byte[0];

    @Override
    public void accept(byte[] source, int offset, int count) {
        if (inflater != null) {
            inflater.setInput(source, offset, count);
            return;
        }
        byte[] start = new byte[held.length + count];
        System.arraycopy(held, 0, start, 0, held.length);
        System.arraycopy(source, offset, start, held.length, count);
        held = start;
        if (held.length >= 2) {
            inflater = new KeepingInflater(!hasZlibHeader(held));
            inflater.setInput(held);
        }
    }

    private static boolean hasZlibHeader(byte[] start) {
        int first = start[0] & 0xff;
        int second = start[1] & 0xff;
        return (first & 0x0f) == 8 && ((first << 8) | second) % 31 == 0;
    }

    @Override
    public int inflate(byte[] target) throws DataFormatException {
        if (inflater == null) {
            return 0;
        }
        int inflated = inflater.inflate(target);
        if (inflated == 0 && inflater.needsDictionary()) {
            throw new DataFormatException("the data needs a preset dictionary");
        }
        return inflated;
    }

    @Override
    public boolean isComplete() {
        return inflater == null ? held.length == 0 : inflater.finished();
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
        }
    }
}
