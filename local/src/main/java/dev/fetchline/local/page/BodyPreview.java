package dev.fetchline.local.page;

import dev.fetchline.local.batch.FetchRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A stored body, ready to be looked at. Whoever wrote it is taken to be hostile: it is shown as text, as a picture of
/// a
/// known raster type, or as a document that can neither run nor load anything.
///
/// @param form what it is
/// @param bytes as the web server sent them, decoded; text is UTF-8
/// @param isCut whether there is more than is shown
@SuppressWarnings("ArrayRecordComponent") // Made, sent and thrown away; nobody compares two.
record BodyPreview(Form form, byte[] bytes, boolean isCut) {
    /// Larger than any body that the function keeps unless it is told to.
    static final int BYTES_MAX = 8 * 1024 * 1024;

    private static final int HEX_BYTES_MAX = 4_096;
    private static final int HEX_COLUMNS = 16;

    /// Of one character.
    private static final int UTF8_BYTES_MAX = 4;

    /// Elements that a document does not need to be looked at, and that could make a browser reach out where a
    /// policy of content says nothing (`<link rel=preconnect>`) or go elsewhere (`<meta http-equiv=refresh>`), and
    /// frames, whose `srcdoc` can hold the same with its `<` as `&lt;`. A tag's name follows its `<` at once in
    /// HTML, so no other spelling makes such an element.
    private static final Pattern REACHING_OUT = Pattern.compile("<(?=link|meta|base|iframe)", Pattern.CASE_INSENSITIVE);

    /// What a body is.
    enum Form {
        /// Nothing is stored.
        NONE,
        /// Characters.
        TEXT,
        /// One of the raster types that a browser draws.
        IMAGE,
        /// Anything else.
        BINARY
    }

    static BodyPreview of(FetchRecord fetched) {
        AttributeValue body = fetched.attributes().get("body");
        if (body == null) {
            return new BodyPreview(Form.NONE, new byte[0], false);
        }
        if (body.s() != null) {
            return new BodyPreview(Form.TEXT, body.s().getBytes(StandardCharsets.UTF_8), false);
        }
        byte[] stored = body.b() == null ? new byte[0] : body.b().asByteArrayUnsafe();
        byte[] whole = "gzip".equals(fetched.text("bodyEncoding")) ? unzipped(stored) : stored;
        byte[] bytes = whole.length > BYTES_MAX ? Arrays.copyOf(whole, endOfCharacters(whole)) : whole;
        return new BodyPreview(formOf(bytes), bytes, whole.length > BYTES_MAX);
    }

    /// A text in UTF-8 that is cut within a character would be no text any more.
    private static int endOfCharacters(byte[] whole) {
        int end = BYTES_MAX;
        while (end > BYTES_MAX - UTF8_BYTES_MAX && (whole[end] & 0xc0) == 0x80) {
            end--;
        }
        return end;
    }

    private static byte[] unzipped(byte[] stored) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(stored))) {
            return in.readNBytes(BYTES_MAX + 1);
        } catch (IOException _) {
            // Not what the function wrote: then it is looked at as it is.
            return stored;
        }
    }

    private static Form formOf(byte[] bytes) {
        if (RasterType.of(bytes).isPresent()) {
            return Form.IMAGE;
        }
        for (byte each : bytes) {
            if (each == 0) {
                return Form.BINARY;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return Form.TEXT;
        } catch (CharacterCodingException _) {
            return Form.BINARY;
        }
    }

    /// The characters, or for what is none the first bytes in hexadecimal.
    PageAnswer asText() {
        byte[] text = form == Form.TEXT ? bytes : hex().getBytes(StandardCharsets.US_ASCII);
        return PageAnswer.foreign("text/plain; charset=utf-8", text);
    }

    private String hex() {
        HexFormat format = HexFormat.ofDelimiter(" ");
        StringBuilder lines = new StringBuilder();
        int end = Math.min(bytes.length, HEX_BYTES_MAX);
        for (int from = 0; from < end; from += HEX_COLUMNS) {
            int to = Math.min(from + HEX_COLUMNS, end);
            lines.append("%08x  %-47s  ".formatted(from, format.formatHex(bytes, from, to)));
            for (int at = from; at < to; at++) {
                lines.append(bytes[at] >= ' ' && bytes[at] < 0x7f ? (char) bytes[at] : '.');
            }
            lines.append('\n');
        }
        if (end < bytes.length) {
            lines.append("and ").append(bytes.length - end).append(" bytes more\n");
        }
        return lines.toString();
    }

    /// Text as a document of HTML.
    PageAnswer asDocument() {
        if (form != Form.TEXT) {
            throw PageException.badRequest("This body is no text: it cannot be shown as a document.");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return PageAnswer.foreign(
                "text/html; charset=utf-8",
                REACHING_OUT.matcher(text).replaceAll("<x-").getBytes(StandardCharsets.UTF_8));
    }

    /// A picture, under the type that its first bytes name.
    PageAnswer asImage() {
        return RasterType.of(bytes)
                .map(type -> PageAnswer.foreign(type.contentType(), bytes))
                .orElseThrow(() -> PageException.badRequest("This body is no picture of a type that is shown here."));
    }
}
