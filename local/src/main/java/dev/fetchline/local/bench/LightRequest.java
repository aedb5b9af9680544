package dev.fetchline.local.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One request after another of a connection, in a buffer that is used again.
final class LightRequest {
    private static final int FIRST_BYTES = 4 * 1024;
    private static final int BYTES_MAX = 16 << 20;

    private byte[] buffer = new byte[FIRST_BYTES];
    private int bodyStart;
    private int end;
    private int filled;

    /// Reads the next request whole.
    ///
    /// @return false where the connection ended before one began
    boolean read(InputStream in) throws IOException {
        System.arraycopy(buffer, end, buffer, 0, filled - end);
        filled -= end;
        end = 0;
        int headEnd;
        int searched = 0;
        while ((headEnd = headEnd(searched)) < 0) {
            searched = Math.max(0, filled - 3);
            if (!fill(in)) {
                if (filled > 0) {
                    throw new EOFException("in a request's head");
                }
                return false;
            }
        }
        bodyStart = headEnd;
        int length = bodyStart + contentLength();
        while (filled < length) {
            if (!fill(in)) {
                throw new EOFException("in a request's body");
            }
        }
        end = length;
        return true;
    }

    private boolean fill(InputStream in) throws IOException {
        if (filled == buffer.length) {
            if (buffer.length >= BYTES_MAX) {
                throw new IOException("a request is too long");
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        filled += Math.max(0, read);
        return read > 0;
    }

    private int headEnd(int from) {
        for (int i = from; i + 3 < filled; i++) {
            if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n') {
                return i + 4;
            }
        }
        return -1;
    }

    private int contentLength() {
        String value = header("content-length");
        return value.isEmpty() ? 0 : Integer.parseInt(value);
    }

    /// The value of a header; empty for none.
    ///
    /// @param name in lower case
    String header(String name) {
        for (int line = lineAfter(0); line < bodyStart - 2; line = lineAfter(line)) {
            if (isNamed(line, name)) {
                int valueStart = line + name.length() + 1;
                int valueEnd = lineAfter(line) - 2;
                return new String(buffer, valueStart, valueEnd - valueStart, StandardCharsets.ISO_8859_1).strip();
            }
        }
        return "";
    }

    private boolean isNamed(int line, String name) {
        if (line + name.length() >= bodyStart) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if ((buffer[line + i] | 0x20) != (name.charAt(i) | 0x20)) {
                return false;
            }
        }
        return buffer[line + name.length()] == ':';
    }

    private int lineAfter(int from) {
        int i = from;
        while (buffer[i] != '\n') {
            i++;
        }
        return i + 1;
    }

    /// The number at the end of the target's path; -1 where there is none.
    int number() {
        int i = 0;
        while (buffer[i] != ' ') {
            i++;
        }
        int number = -1;
        for (i++; buffer[i] != ' '; i++) {
            int digit = buffer[i] - '0';
            number = digit < 0 || digit > 9 ? -1 : Math.max(0, number) * 10 + digit;
        }
        return number;
    }

    byte[] bytes() {
        return buffer;
    }

    int bodyOffset() {
        return bodyStart;
    }

    int bodyLength() {
        return end - bodyStart;
    }
}
