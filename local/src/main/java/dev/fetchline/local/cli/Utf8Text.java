package dev.fetchline.local.cli;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Bytes read as UTF-8 text, strictly: a binary file is told from a text file before anything is sent.
final class Utf8Text {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private Utf8Text() {}

    /// The text of an input, without its byte order mark.
    ///
    /// @param name what to call the input in a sentence
    /// @throws CliException that names the input and the offset of the first byte that is no text
    static String of(String name, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        // NUL is valid UTF-8 and in no text: what has one is binary, or UTF-16. The first fault in the file is named.
        int nul = indexOfNul(bytes, in.position());
        if (nul >= 0) {
            throw notText(name, bytes, nul);
        }
        if (result.isError()) {
            throw notText(name, bytes, in.position());
        }
        String text = out.flip().toString();
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static int indexOfNul(byte[] bytes, int end) {
        for (int i = 0; i < end; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    private static CliException notText(String name, byte[] bytes, int offset) {
        return CliException.usage("%s is not a UTF-8 text file: byte 0x%02x at offset %d%s."
                .formatted(
                        name,
                        bytes[offset],
                        offset,
                        isUtf16(bytes) ? " (it looks like UTF-16: save it as UTF-8)" : ""));
    }

    private static boolean isUtf16(byte[] bytes) {
        return bytes.length >= 2
                && ((bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe)
                        || (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff));
    }
}
