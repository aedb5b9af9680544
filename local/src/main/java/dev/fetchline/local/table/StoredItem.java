package dev.fetchline.local.table;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// An item as it lies in the table.
///
/// @param bytes as DynamoDB counts them
record StoredItem(Map<String, AttributeValue> item, int bytes) {}
