package dev.fetchline.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Writes the JSON of BatchWriteItem in place of the SDK's marshaller: the same document (DynamoDB API reference,
/// "BatchWriteItem" and "AttributeValue"), for a third of the CPU time. The SDK finds each member of each attribute by
/// way of its general model of fields and traits; with 25 records to a call that is most of what a call costs.
///
/// Everything else of a call is the SDK's: endpoint, signature, retries, connection, answer. A request that has more
/// than puts in it is left to the SDK's marshaller.
public final class BatchWriteJson implements ExecutionInterceptor {
    private static final ExecutionAttribute<byte[]> BODY = new ExecutionAttribute<>("FetchlineBatchWriteBody");
    private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
    private static final JsonFactory JSON = new JsonFactory();

    /// A record without a body has about 1 KB.
    private static final int ITEM_BYTES_ABOUT = 1_500;

    /// Writes the body, and leaves the SDK's marshaller a request with no items.
    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        if (!(context.request() instanceof BatchWriteItemRequest request) || !isOnlyPuts(request)) {
            return context.request();
        }
        attributes.putAttribute(BODY, render(request.requestItems()));
        // The tables' names stay: an endpoint may depend on them.
        return request.toBuilder()
                .requestItems(request.requestItems().keySet().stream()
                        .collect(Collectors.toMap(table -> table, _ -> List.of())))
                .build();
    }

    @Override
    public Optional<RequestBody> modifyHttpContent(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        byte[] body = attributes.getAttribute(BODY);
        return body == null
                ? context.requestBody()
                : Optional.of(RequestBody.fromContentProvider(
                        ContentStreamProvider.fromByteArrayUnsafe(body), body.length, CONTENT_TYPE));
    }

    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        byte @Nullable [] body = attributes.getAttribute(BODY);
        return body == null
                ? context.httpRequest()
                : context.httpRequest().toBuilder()
                        .putHeader("Content-Length", Integer.toString(body.length))
                        .build();
    }

    private static boolean isOnlyPuts(BatchWriteItemRequest request) {
        if (request.returnConsumedCapacity() != null || request.returnItemCollectionMetrics() != null) {
            return false;
        }
        for (List<WriteRequest> writes : request.requestItems().values()) {
            for (WriteRequest write : writes) {
                if (write.putRequest() == null || write.deleteRequest() != null) {
                    return false;
                }
            }
        }
        return true;
    }

    private static byte[] render(Map<String, List<WriteRequest>> tables) {
        int items = tables.values().stream().mapToInt(List::size).sum();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(items * ITEM_BYTES_ABOUT);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeObjectFieldStart("RequestItems");
            for (Map.Entry<String, List<WriteRequest>> table : tables.entrySet()) {
                json.writeArrayFieldStart(table.getKey());
                for (WriteRequest write : table.getValue()) {
                    json.writeStartObject();
                    json.writeObjectFieldStart("PutRequest");
                    json.writeFieldName("Item");
                    writeMap(json, write.putRequest().item());
                    json.writeEndObject();
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void writeMap(JsonGenerator json, Map<String, AttributeValue> map) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, AttributeValue> entry : map.entrySet()) {
            json.writeFieldName(entry.getKey());
            writeValue(json, entry.getValue());
        }
        json.writeEndObject();
    }

    private static void writeValue(JsonGenerator json, AttributeValue value) throws IOException {
        json.writeStartObject();
        switch (value.type()) {
            case S -> json.writeStringField("S", value.s());
            case N -> json.writeStringField("N", value.n());
            case BOOL -> json.writeBooleanField("BOOL", value.bool());
            case NUL -> json.writeBooleanField("NULL", value.nul());
            case B -> json.writeBinaryField("B", value.b().asByteArrayUnsafe());
            case M -> {
                json.writeFieldName("M");
                writeMap(json, value.m());
            }
            case L -> {
                json.writeArrayFieldStart("L");
                for (AttributeValue element : value.l()) {
                    writeValue(json, element);
                }
                json.writeEndArray();
            }
            case SS -> writeTexts(json, "SS", value.ss());
            case NS -> writeTexts(json, "NS", value.ns());
            case BS -> {
                json.writeArrayFieldStart("BS");
                for (var element : value.bs()) {
                    json.writeBinary(element.asByteArrayUnsafe());
                }
                json.writeEndArray();
            }
            case UNKNOWN_TO_SDK_VERSION -> {} // as the SDK writes it: {}
        }
        json.writeEndObject();
    }

    private static void writeTexts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
