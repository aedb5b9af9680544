package dev.fetchline.record;

import dev.fetchline.http.FetchedBody;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Optional;

/// A body that is text. It is decoded only when asked for: not every body is stored.
record BodyText(FetchedBody body, CharsetFinder.Found found) {
    /// The body as text; empty where it is none: by its Content-Type, by an encoding that was not undone,
    /// or because it holds bytes that no text holds.
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
        return Optional.of(new BodyText(body, found));
    }

    /// NUL is in no text of an ASCII-compatible charset; without a Content-Type other control characters
    /// tell too.
    private static boolean holdsBinary(FetchedBody body, boolean untyped) {
        byte[] bytes = body.array();
        int length = body.length();
        return WordScan.holdsNul(bytes, length) || (untyped && holdsControls(bytes, length));
    }

    private static boolean holdsControls(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            int value = bytes[i];
            boolean whitespace = value >= '\t' && value <= '\r';
            if (value >= 0 && value < ' ' && !whitespace && value != 0x1b) {
                return true;
            }
        }
        return false;
    }

    /// The name of its encoding, as the Encoding Standard has it.
    String charset() {
        return found.encoding().name();
    }

    /// Decodes it; what the charset does not have stands as U+FFFD.
    String text() {
        ByteBuffer bytes = ByteBuffer.wrap(body.array(), found.bomLength(), body.length() - found.bomLength());
        try {
            return found.encoding()
                    .charset()
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .decode(bytes)
                    .toString();
        } catch (CharacterCodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
