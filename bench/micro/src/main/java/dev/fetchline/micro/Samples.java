package dev.fetchline.micro;

import java.net.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What the benchmarks work on: made here, and the same in each run.
public final class Samples {
    private static final List<String> WORDS = List.of(
            "the", "queue", "record", "answer", "of", "a", "server", "and", "table", "fetch", "is", "window", "batch");

    private Samples() {}

    /// An HTML document that names its charset as most do. Its words are drawn, so that it compresses as prose does.
    ///
    /// @param characters the least that it has
    /// @param charset what its `meta` says
    /// @param letters stands in each paragraph, such as words that are not ASCII
    public static String html(int characters, String charset, String letters) {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder(characters + 1_024)
                .append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"")
                .append(charset)
                .append("\">\n<title>A page</title>\n</head>\n<body>\n");
        while (text.length() < characters) {
            text.append("<p class=\"c").append(random.nextInt(40)).append("\">").append(letters);
            for (int word = 0; word < 30; word++) {
                text.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
                if (random.nextInt(4) == 0) {
                    text.append(random.nextInt(10_000));
                }
            }
            text.append("</p>\n");
        }
        return text.append("</body>\n</html>\n").toString();
    }

    /// A JSON document.
    ///
    /// @param characters the least that it has
    public static String json(int characters) {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder(characters + 64).append("{\"items\":[");
        while (text.length() < characters) {
            text.append("{\"id\":").append(random.nextInt(1_000_000)).append(",\"name\":\"");
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append("\"},");
        }
        return text.append("{}]}").toString();
    }

    /// Response headers as a CDN sends them: 18 of them, 0.6 KB.
    ///
    /// @param contentType of the body
    public static HttpHeaders cdnHeaders(String contentType) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("accept-ranges", List.of("bytes"));
        headers.put("age", List.of("1734"));
        headers.put("alt-svc", List.of("h3=\":443\"; ma=86400"));
        headers.put("cache-control", List.of("public, max-age=3600, stale-while-revalidate=600"));
        headers.put("cf-cache-status", List.of("HIT"));
        headers.put("cf-ray", List.of("8f3c2a9d1b7e4c55-FRA"));
        headers.put("content-length", List.of("1024"));
        headers.put("content-type", List.of(contentType));
        headers.put("date", List.of("Thu, 01 Jan 2026 00:00:00 GMT"));
        headers.put("etag", List.of("W/\"5f2b-18c9a0d3f40\""));
        headers.put("expires", List.of("Thu, 01 Jan 2026 01:00:00 GMT"));
        headers.put("last-modified", List.of("Wed, 31 Dec 2025 12:00:00 GMT"));
        headers.put("server", List.of("cloudflare"));
        headers.put("strict-transport-security", List.of("max-age=31536000; includeSubDomains"));
        headers.put("vary", List.of("Accept-Encoding, Origin"));
        headers.put("via", List.of("1.1 varnish, 1.1 varnish"));
        headers.put("x-content-type-options", List.of("nosniff"));
        headers.put("x-frame-options", List.of("SAMEORIGIN"));
        return HttpHeaders.of(headers, (_, _) -> true);
    }
}
