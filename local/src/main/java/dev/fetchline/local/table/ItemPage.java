package dev.fetchline.local.table;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What one Scan or Query answers with: items up to a number or 1 MB, whichever comes first.
///
/// @param last the key to go on after; empty where nothing is left
record ItemPage(List<Map<String, AttributeValue>> items, Map<String, AttributeValue> last) {
    static final int BYTES_MAX = 1024 * 1024;

    static ItemPage of(Stream<StoredItem> rows, int itemsMax, TableShape shape) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        int bytes = 0;
        for (Iterator<StoredItem> each = rows.iterator(); each.hasNext(); ) {
            StoredItem row = each.next();
            items.add(row.item());
            bytes += row.bytes();
            if (items.size() == itemsMax || bytes >= BYTES_MAX) {
                return new ItemPage(items, shape.keyOf(row.item()));
            }
        }
        return new ItemPage(items, Map.of());
    }
}
