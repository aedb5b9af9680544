package dev.fetchline.record;

import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The attribute `headers`: response headers by lower-case name, a string for one value and a list for
/// several. A server may send hundreds of kilobytes of them, so they are capped, and what was left out is
/// counted.
final class HeaderMap {
    static final int ALL_BYTES_MAX = 8 * 1024;
    static final int VALUE_BYTES_MAX = 2 * 1024;

    private HeaderMap() {}

    static void put(Map<String, AttributeValue> row, HttpHeaders headers) {
        Map<String, AttributeValue> kept = new LinkedHashMap<>();
        int bytesLeft = ALL_BYTES_MAX;
        int omitted = 0;
        for (Map.Entry<String, List<String>> header : headers.map().entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            List<String> values = new ArrayList<>(header.getValue().size());
            int bytes = Utf8.length(name);
            for (String value : header.getValue()) {
                String cut = Utf8.cut(value, VALUE_BYTES_MAX);
                bytes += Utf8.length(cut);
                values.add(cut);
            }
            if (bytes > bytesLeft) {
                omitted++;
                continue;
            }
            bytesLeft -= bytes;
            kept.put(name, valueOf(values));
        }
        row.put("headers", AttributeValue.fromM(kept));
        if (omitted > 0) {
            row.put("headersOmitted", AttributeValue.fromN(Integer.toString(omitted)));
        }
    }

    private static AttributeValue valueOf(List<String> values) {
        return values.size() == 1
                ? AttributeValue.fromS(values.getFirst())
                : AttributeValue.fromL(
                        values.stream().map(AttributeValue::fromS).toList());
    }
}
