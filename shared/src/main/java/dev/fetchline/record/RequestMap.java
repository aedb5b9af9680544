package dev.fetchline.record;

import dev.fetchline.intake.FetchItem;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The attribute `request`: what was asked for. Of headers only the names: their values may be secrets.
final class RequestMap {
    private RequestMap() {}

    static AttributeValue of(FetchItem item) {
        Map<String, AttributeValue> request = new LinkedHashMap<>();
        request.put("method", AttributeValue.fromS(item.method().name()));
        if (item.timeoutMs() != null) {
            request.put("timeoutMs", AttributeValue.fromN(item.timeoutMs().toString()));
        }
        if (item.maxBodyBytes() != null) {
            request.put("maxBodyBytes", AttributeValue.fromN(item.maxBodyBytes().toString()));
        }
        if (item.followRedirects() != null) {
            request.put("followRedirects", AttributeValue.fromBool(item.followRedirects()));
        }
        if (!item.headers().isEmpty()) {
            request.put(
                    "headerNames",
                    AttributeValue.fromL(item.headers().keySet().stream()
                            .map(AttributeValue::fromS)
                            .toList()));
        }
        return AttributeValue.fromM(request);
    }
}
