package dev.fetchline.http;

import dev.fetchline.http.FetchedBody.Truncation;
import java.nio.charset.Charset;

/// Bodies as they would have been fetched.
public final class Bodies {
    private Bodies() {}

    public static FetchedBody of(byte[] bytes) {
        return new FetchedBody(bytes, bytes.length, null, false);
    }

    public static FetchedBody of(String text, Charset charset) {
        return of(text.getBytes(charset));
    }

    public static FetchedBody truncated(byte[] bytes, Truncation why) {
        return new FetchedBody(bytes, bytes.length, why, false);
    }

    public static FetchedBody stillEncoded(byte[] bytes) {
        return new FetchedBody(bytes, bytes.length, null, true);
    }
}
