package dev.fetchline.record;

import dev.fetchline.http.FetchedBody;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What of a body goes into the record: all of it or nothing.
///
/// @param value the attribute `body`, or null
/// @param encoding the attribute `bodyEncoding`: `gzip`, or null where the value is the body itself
/// @param whyNot the attribute `bodyStored`, or null where the body is stored or there is none
record StoredBody(
        @Nullable AttributeValue value,
        @Nullable String encoding,
        @Nullable String whyNot) {
    /// Up to here text stays readable in the table: DynamoDB bills by the KB, so compressing it would save nothing.
    static final int PLAIN_TEXT_BYTES_MAX = 1_024;

    private static final StoredBody NO_BODY = new StoredBody(null, null, null);

    /// What to store of a body.
    ///
    /// @param bytesMax as stored
    static StoredBody of(FetchedBody body, Optional<BodyText> text, BodyStorage storage, int bytesMax) {
        if (body.length() == 0) {
            return NO_BODY;
        }
        if (storage == BodyStorage.NONE) {
            return without("OFF");
        }
        if (storage == BodyStorage.TEXT && text.isEmpty()) {
            return without("NOT_TEXT");
        }
        Optional<String> decoded = text.map(BodyText::text);
        byte[] plain = decoded.map(it -> it.getBytes(StandardCharsets.UTF_8)).orElseGet(body::toByteArray);
        if (decoded.isPresent() && plain.length <= Math.min(PLAIN_TEXT_BYTES_MAX, bytesMax)) {
            return new StoredBody(AttributeValue.fromS(decoded.get()), null, null);
        }
        Optional<byte[]> compressed = Gzip.compress(plain, Math.min(bytesMax, plain.length - 1));
        if (compressed.isPresent()) {
            return new StoredBody(AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(compressed.get())), "gzip", null);
        }
        if (plain.length > bytesMax) {
            return without("TOO_LARGE");
        }
        return new StoredBody(
                decoded.map(AttributeValue::fromS)
                        .orElseGet(() -> AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(plain))),
                null,
                null);
    }

    static StoredBody without(String whyNot) {
        return new StoredBody(null, null, whyNot);
    }
}
