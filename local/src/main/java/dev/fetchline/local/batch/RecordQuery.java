package dev.fetchline.local.batch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/// The question that a table is asked for the records of one partition: what an expression says of the sort key goes
/// with it, so that the others are neither read nor billed. The rest of the expression stays here: a filter on
/// DynamoDB's
/// side is billed like no filter.
///
/// @param table of results
/// @param partition batchId as in the table
/// @param where which records are meant
/// @param attributes that are wanted of them; empty for all
/// @param isConsistent whether what was just written is read for certain, at twice the price
record RecordQuery(String table, String partition, Where where, Set<String> attributes, boolean isConsistent) {
    QueryRequest.Builder request() {
        Map<String, String> names = new LinkedHashMap<>();
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        values.put(":b", AttributeValue.fromS(partition));
        String condition = "batchId = :b" + urlCondition(names, values);
        QueryRequest.Builder request = QueryRequest.builder()
                .tableName(table)
                .consistentRead(isConsistent)
                .keyConditionExpression(condition);
        if (!attributes.isEmpty()) {
            request.projectionExpression(projection(names));
        }
        if (!names.isEmpty()) {
            request.expressionAttributeNames(names);
        }
        return request.expressionAttributeValues(values);
    }

    private String urlCondition(Map<String, String> names, Map<String, AttributeValue> values) {
        Optional<String> key = where.urlKey();
        Optional<String> text = key.or(where::urlPrefix);
        if (text.isEmpty()) {
            return "";
        }
        names.put("#url", "url");
        values.put(":url", AttributeValue.fromS(text.get()));
        return key.isPresent() ? " AND #url = :url" : " AND begins_with(#url, :url)";
    }

    /// With placeholders for all names: many are reserved words.
    private String projection(Map<String, String> names) {
        Set<String> needed = new TreeSet<>(attributes);
        needed.addAll(where.attributes());
        needed.add("expiresAt");
        needed.forEach(name -> names.put("#" + name, name));
        return "#" + String.join(", #", needed);
    }
}
