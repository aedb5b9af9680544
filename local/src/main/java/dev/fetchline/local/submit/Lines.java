package dev.fetchline.local.submit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The lines of a stream, one after the other: only one is held, whatever the size of the stream. A line ends with LF,
/// CR LF or CR; a byte order mark at the beginning is left out.
final class Lines {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final InputStream in;
    private final int lineBytesMax;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int end;
    private boolean afterReturn;
    private byte[] line = new byte[256];
    private long number;

    /// @param lineBytesMax bytes of a line at most; a longer one is a fault of that line
    Lines(InputStream in, int lineBytesMax) {
        this.in = in;
        this.lineBytesMax = lineBytesMax;
    }

    /// @param number from 1
    /// @param text of the line without its end; empty where there is a fault
    /// @param fault why the line is no text: what was found, and what was expected; null where it is text
    record Line(long number, String text, @Nullable String fault) {}

    /// The next line; null at the end of the stream.
    @Nullable
    Line next() throws IOException {
        long length = read();
        if (length < 0) {
            return null;
        }
        number++;
        if (length > lineBytesMax) {
            return new Line(
                    number, "", "found a line of %,d bytes, expected %,d at most".formatted(length, lineBytesMax));
        }
        int from = number == 1 && startsWithMark((int) length) ? BYTE_ORDER_MARK.length : 0;
        return decode(number, line, from, (int) length);
    }

    /// Reads one line's bytes into [#line], as many as may be kept.
    ///
    /// @return how many bytes it has; -1 at the end of the stream
    private long read() throws IOException {
        long length = 0;
        boolean isBegun = false;
        while (fill()) {
            if (afterReturn) {
                afterReturn = false;
                if (buffer[position] == '\n') {
                    position++;
                    continue;
                }
            }
            isBegun = true;
            int stop = lineEnd();
            keep(length, stop);
            length += stop - position;
            position = stop;
            if (stop < end) {
                afterReturn = buffer[stop] == '\r';
                position++;
                return length;
            }
        }
        return isBegun ? length : -1;
    }

    /// Whether there are bytes in the buffer.
    private boolean fill() throws IOException {
        if (position == end) {
            position = 0;
            end = Math.max(0, in.read(buffer));
        }
        return end > 0;
    }

    private int lineEnd() {
        int i = position;
        while (i < end && buffer[i] != '\n' && buffer[i] != '\r') {
            i++;
        }
        return i;
    }

    private void keep(long length, int stop) {
        long whole = length + stop - position;
        if (whole > lineBytesMax) {
            return;
        }
        if (whole > line.length) {
            line = Arrays.copyOf(line, (int) Math.max(whole, Math.min(lineBytesMax, 2L * line.length)));
        }
        System.arraycopy(buffer, position, line, (int) length, stop - position);
    }

    private boolean startsWithMark(int length) {
        return length >= BYTE_ORDER_MARK.length
                && Arrays.equals(line, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    /// Strictly: a byte that is no UTF-8, or NUL, is a fault of the line.
    static Line decode(long number, byte[] bytes, int from, int to) {
        boolean isAscii = true;
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0) {
                return new Line(
                        number, "", notText(number, bytes, from, number == 1 && isUtf16(bytes, from) ? from : i));
            }
            isAscii &= bytes[i] > 0;
        }
        if (isAscii) {
            return new Line(number, new String(bytes, from, to - from, StandardCharsets.ISO_8859_1), null);
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
        CharBuffer out = CharBuffer.allocate(to - from);
        if (decoder.decode(in, out, true).isError()) {
            return new Line(number, "", notText(number, bytes, from, in.position()));
        }
        return new Line(number, out.flip().toString(), null);
    }

    private static String notText(long number, byte[] bytes, int from, int at) {
        return "found the byte 0x%02x at offset %d of the line, expected UTF-8 text%s"
                .formatted(
                        bytes[at],
                        at - from,
                        number == 1 && isUtf16(bytes, from) ? " (it looks like UTF-16: save it as UTF-8)" : "");
    }

    private static boolean isUtf16(byte[] bytes, int from) {
        int mark = bytes.length < from + 2 ? 0 : ((bytes[from] & 0xff) << 8) | (bytes[from + 1] & 0xff);
        return mark == 0xfffe || mark == 0xfeff;
    }
}
