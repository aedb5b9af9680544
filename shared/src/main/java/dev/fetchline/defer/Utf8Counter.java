package dev.fetchline.defer;

import java.io.Writer;

/// Counts what would be written, in bytes of UTF-8, so that sizes are exact without being kept as text.
final class Utf8Counter extends Writer {
    private int bytes;

    int bytes() {
        return bytes;
    }

    @Override
    public void write(char[] text, int from, int length) {
        for (int i = from; i < from + length; i++) {
            char c = text[i];
            // Half a pair is half of four bytes, wherever the text was cut to pieces on its way here.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
