package dev.fetchline.intake;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One URL of a batch with its options, the batch's defaults already applied. Options that are null were not given:
/// the function's settings apply.
///
/// @param url as submitted; not yet read as a URL
/// @param headers in the order given; names and values already checked
/// @param timeoutMs one attempt, all of it, in milliseconds; the function's own limit still applies
/// @param maxBodyBytes decoded bytes; the function's own limit still applies
/// @param followRedirects whether a 3xx is followed; null means yes
/// @param tag the caller's own mark, copied to the record
/// @param earlier what came of it when it was submitted before, copied to the record; null for nothing
public record FetchItem(
        String url,
        RequestMethod method,
        Map<String, String> headers,
        @Nullable Integer timeoutMs,
        @Nullable Integer maxBodyBytes,
        @Nullable Boolean followRedirects,
        @Nullable String tag,
        @Nullable Earlier earlier)
        implements BatchItem {
    public FetchItem {
        headers = FixedHeaders.copyOf(headers);
    }

    /// An item that is submitted for the first time.
    public FetchItem(
            String url,
            RequestMethod method,
            Map<String, String> headers,
            @Nullable Integer timeoutMs,
            @Nullable Integer maxBodyBytes,
            @Nullable Boolean followRedirects,
            @Nullable String tag) {
        this(url, method, headers, timeoutMs, maxBodyBytes, followRedirects, tag, null);
    }

    /// A plain GET without options.
    public static FetchItem get(String url) {
        return new FetchItem(url, RequestMethod.GET, Map.of(), null, null, null, null);
    }

    /// Whether a 3xx is to be followed: yes, unless the caller asked not to.
    public boolean followsRedirects() {
        return followRedirects == null || followRedirects;
    }

    /// This item with other headers.
    public FetchItem withHeaders(Map<String, String> others) {
        return new FetchItem(url, method, others, timeoutMs, maxBodyBytes, followRedirects, tag, earlier);
    }

    /// This item with another URL.
    public FetchItem withUrl(String other) {
        return new FetchItem(other, method, headers, timeoutMs, maxBodyBytes, followRedirects, tag, earlier);
    }

    @Override
    public FetchItem withEarlier(@Nullable Earlier other) {
        return new FetchItem(url, method, headers, timeoutMs, maxBodyBytes, followRedirects, tag, other);
    }
}
