package dev.fetchline.local.batch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The body in a record, as it was before it was stored: unzipped where `bodyEncoding` says so. A text is UTF-8,
/// whatever
/// charset it came in.
public final class RecordBody {
    /// The attributes that a body is read from.
    public static final String BODY = "body";

    public static final String ENCODING = "bodyEncoding";

    private RecordBody() {}

    /// The body, read while it is unzipped: a few KB may be many MB. Empty where the record has none.
    ///
    /// @throws IOException where what is said to be gzip is not
    public static Optional<InputStream> open(FetchRecord fetched) throws IOException {
        AttributeValue value = fetched.attributes().get(BODY);
        if (value == null || (value.s() == null && value.b() == null)) {
            return Optional.empty();
        }
        byte[] stored = value.s() != null
                ? value.s().getBytes(StandardCharsets.UTF_8)
                : value.b().asByteArrayUnsafe();
        InputStream bytes = new ByteArrayInputStream(stored);
        return Optional.of("gzip".equals(fetched.text(ENCODING)) ? new GZIPInputStream(bytes) : bytes);
    }
}
