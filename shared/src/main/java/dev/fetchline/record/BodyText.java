package dev.fetchline.record;

import dev.fetchline.http.FetchedBody;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A body as text.
///
/// @param text decoded; what the charset does not have stands as U+FFFD
/// @param charset the name of the encoding in which it was found to be, as the Encoding Standard has it
record BodyText(String text, String charset) {
    /// The body as text; empty where it is none: by its Content-Type, by an encoding that was not undone, or because it
    /// holds bytes that no text holds.
    static Optional<BodyText> of(FetchedBody body, Optional<String> contentType) {
        if (body.length() == 0 || body.stillEncoded()) {
            return Optional.empty();
        }
        Optional<MediaType> type = contentType.filter(value -> !value.isBlank()).map(MediaType::read);
        if (type.isPresent() && !type.get().isText()) {
            return Optional.empty();
        }
        CharsetFinder.Found found = CharsetFinder.find(body.array(), body.length(), body.truncated() != null, type);
        if (!found.encoding().isWide() && holdsBinary(body, type.isEmpty())) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(body.array(), found.bomLength(), body.length() - found.bomLength());
        return Optional.of(new BodyText(
                decode(bytes, found.encoding().charset()), found.encoding().name()));
    }

    /// NUL is in no text of an ASCII-compatible charset; without a Content-Type other control characters tell too.
    private static boolean holdsBinary(FetchedBody body, boolean untyped) {
        byte[] bytes = body.array();
        for (int i = 0; i < body.length(); i++) {
            int value = bytes[i];
            boolean whitespace = value >= '\t' && value <= '\r';
            if (value == 0 || (untyped && value > 0 && value < ' ' && !whitespace && value != 0x1b)) {
                return true;
            }
        }
        return false;
    }

    private static String decode(ByteBuffer bytes, Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .decode(bytes)
                    .toString();
        } catch (CharacterCodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    byte[] utf8() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
