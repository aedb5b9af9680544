package dev.fetchline.local.page;

import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.RecordJson;
import dev.fetchline.local.stack.Calls;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/// One record with every attribute, and its body in forms that do no harm.
///
/// @param client of the results table
/// @param table of results
/// @param count of what was read
record OneRecord(DynamoDbAsyncClient client, String table, ReadCount count) {
    /// All attributes as they are, but for the body: of that only what it is.
    PageAnswer attributes(PageRequest request) {
        FetchRecord fetched = find(request);
        Map<String, AttributeValue> shown = new LinkedHashMap<>(fetched.attributes());
        shown.remove("body");
        return PageJson.object(json -> {
            json.writeStringField("shownUrl", fetched.shownUrl());
            json.writeFieldName("record");
            json.writeRawValue(RecordJson.lineOf(new FetchRecord(shown)));
            BodyPreview preview = BodyPreview.of(fetched);
            json.writeObjectFieldStart("body");
            json.writeStringField("form", preview.form().name());
            json.writeNumberField("bytes", preview.bytes().length);
            json.writeBooleanField("isCut", preview.isCut());
            json.writeEndObject();
        });
    }

    /// The body as the query's `view` wants it: `text`, `document` or `image`.
    PageAnswer body(PageRequest request) {
        BodyPreview preview = BodyPreview.of(find(request));
        return switch (request.required("view")) {
            case "text" -> preview.asText();
            case "document" -> preview.asDocument();
            case "image" -> preview.asImage();
            default -> throw PageException.badRequest("view is text, document or image.");
        };
    }

    private FetchRecord find(PageRequest request) {
        Map<String, AttributeValue> key = Map.of(
                "batchId", AttributeValue.fromS(request.required("batch")),
                "url", AttributeValue.fromS(request.required("key")));
        GetItemResponse answer = Calls.await(client.getItem(
                get -> get.tableName(table).key(key).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)));
        count.add(answer.consumedCapacity());
        if (!answer.hasItem() || answer.item().isEmpty()) {
            throw PageException.notFound("The table has no such record; it may have expired.");
        }
        return new FetchRecord(answer.item());
    }
}
