package dev.fetchline.local.table;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The keys of one batch.
final class KeyLists {
    private KeyLists() {}

    static void requireDistinct(List<Map<String, AttributeValue>> keys) {
        if (new HashSet<>(keys).size() < keys.size()) {
            throw TableErrors.validation("Provided list of item keys contains duplicates");
        }
    }
}
