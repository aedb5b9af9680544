package dev.fetchline.local.table;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which table a request means.
record TableNames(TableShape shape) {

    void require(@Nullable String table) {
        if (table == null) {
            throw TableErrors.validation("1 validation error detected: Value null at 'tableName' failed to satisfy"
                    + " constraint: Member must not be null");
        }
        if (!table.equals(shape.table())) {
            throw TableErrors.noSuchTable();
        }
    }

    /// The part of a batch that is for this table, which is all of it.
    <T> T only(String parameter, Map<String, T> byTable) {
        requireAny(parameter, byTable);
        if (byTable.size() > 1) {
            throw TableErrors.unsupported("batches over several tables");
        }
        byTable.keySet().forEach(this::require);
        return byTable.values().iterator().next();
    }

    static void requireAny(String parameter, Map<String, ?> byTable) {
        if (byTable.isEmpty()) {
            throw TableErrors.validation("1 validation error detected: Value '{}' at '" + parameter
                    + "' failed to satisfy constraint: Member must have length greater than or equal to 1");
        }
    }
}
