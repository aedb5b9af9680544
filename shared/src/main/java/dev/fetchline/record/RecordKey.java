package dev.fetchline.record;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.intake.RequestMethod;
import dev.fetchline.intake.Sha256;
import java.nio.charset.StandardCharsets;

/// The key of a record: one batch is one partition, one URL is one row in it.
///
/// @param batchId partition key
/// @param url sort key: the canonical URL, so that `begins_with(url, "https://example.com/")` works; see the factories
///     for what does not fit or is no URL
public record RecordKey(String batchId, String url) {
    /// DynamoDB's limit on a sort key, in bytes of UTF-8.
    static final int SORT_KEY_BYTES_MAX = 1_024;

    private static final String HASH_MARK = "#sha256=";
    private static final int PREFIX_BYTES_MAX = SORT_KEY_BYTES_MAX - HASH_MARK.length() - 64;

    /// The key of a URL: another method than GET stands before it; where it is longer than a key may be, its beginning
    /// and the hash of the whole stand for it.
    public static RecordKey of(String batchId, RequestMethod method, FetchUrl url) {
        return ofText(batchId, method, url.text());
    }

    /// As [#of], for a URL that may not be fetched.
    ///
    /// @param canonical its canonical form as far as it has one
    public static RecordKey ofText(String batchId, RequestMethod method, String canonical) {
        String text = method == RequestMethod.GET ? canonical : method + " " + canonical;
        if (text.getBytes(StandardCharsets.UTF_8).length <= SORT_KEY_BYTES_MAX) {
            return new RecordKey(batchId, text);
        }
        return new RecordKey(batchId, Utf8.cut(text, PREFIX_BYTES_MAX) + HASH_MARK + Sha256.hex(canonical));
    }

    /// The key of an entry that is no URL.
    ///
    /// @param sha256 of the entry as it stands in the message, in hex
    public static RecordKey ofInvalid(String batchId, String sha256) {
        return new RecordKey(batchId, "invalid:sha256=" + sha256);
    }

    /// Whether the key says all of `canonical`.
    boolean isWhole(String canonical) {
        return url.endsWith(canonical);
    }
}
