package dev.fetchline.local.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/// AWS JSON 1.0 from and to the SDK's model types, by the descriptions of their fields that the SDK itself marshals
/// with: one way for every operation, and the wire's names are the SDK's.
final class WireJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(20_000_000).build())
            .build();

    private WireJson() {}

    /// Reads an object into a builder of the SDK; fields that the SDK does not know are passed over.
    ///
    /// @throws IOException where the bytes are no JSON object, or a field is of another type than it should be
    static <B extends SdkPojo> B read(byte[] json, B builder) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            fill(parser, builder);
            return builder;
        }
    }

    private static void fill(JsonParser parser, SdkPojo builder) throws IOException {
        require(parser, JsonToken.START_OBJECT);
        Map<String, SdkField<?>> fields = builder.sdkFieldNameToField();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            SdkField<?> field = fields.get(parser.currentName());
            parser.nextToken();
            if (field == null) {
                parser.skipChildren();
            } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
                field.set(builder, value(parser, field));
            }
        }
    }

    private static Object value(JsonParser parser, SdkField<?> field) throws IOException {
        return switch (field.marshallingType().getKnownType()) {
            case STRING -> {
                require(parser, JsonToken.VALUE_STRING);
                yield parser.getText();
            }
            case SDK_BYTES -> SdkBytes.fromByteArrayUnsafe(parser.getBinaryValue());
            case BOOLEAN -> parser.getBooleanValue();
            case INTEGER -> parser.getIntValue();
            case LONG -> parser.getLongValue();
            case DOUBLE -> parser.getDoubleValue();
            case INSTANT ->
                Instant.ofEpochMilli(parser.getDecimalValue().movePointRight(3).longValue());
            case LIST -> list(parser, field.getRequiredTrait(ListTrait.class).memberFieldInfo());
            case MAP -> map(parser, field.getRequiredTrait(MapTrait.class).valueFieldInfo());
            case SDK_POJO -> {
                SdkPojo builder = field.constructor().get();
                fill(parser, builder);
                yield ((Buildable) builder).build();
            }
            default -> throw new IOException("The field " + field.locationName() + " is of a type that is not read");
        };
    }

    private static List<Object> list(JsonParser parser, SdkField<?> member) throws IOException {
        require(parser, JsonToken.START_ARRAY);
        List<Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser, member));
        }
        return values;
    }

    private static Map<String, Object> map(JsonParser parser, SdkField<?> member) throws IOException {
        require(parser, JsonToken.START_OBJECT);
        Map<String, Object> values = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            values.put(name, value(parser, member));
        }
        return values;
    }

    private static void require(JsonParser parser, JsonToken wanted) throws IOException {
        if (parser.currentToken() != wanted) {
            throw new IOException("Expected " + wanted + " and not " + parser.currentToken() + " at "
                    + parser.currentTokenLocation().offsetDescription());
        }
    }

    static JsonGenerator generator(OutputStream to) throws IOException {
        return FACTORY.createGenerator(to);
    }

    /// Writes a value of the SDK's: of a model type, the fields that are set.
    static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case SdkPojo pojo -> writeFields(json, pojo);
            case String text -> json.writeString(text);
            case SdkBytes bytes -> json.writeBinary(bytes.asByteArrayUnsafe());
            case Boolean truth -> json.writeBoolean(truth);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Instant time -> json.writeNumber(time.toEpochMilli() / 1000.0);
            case List<?> list -> {
                json.writeStartArray();
                for (Object each : list) {
                    write(json, each);
                }
                json.writeEndArray();
            }
            case Map<?, ?> map -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    json.writeFieldName(String.valueOf(entry.getKey()));
                    write(json, entry.getValue());
                }
                json.writeEndObject();
            }
            case null, default -> throw new IOException("No JSON for " + value);
        }
    }

    private static void writeFields(JsonGenerator json, SdkPojo pojo) throws IOException {
        json.writeStartObject();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (Supported.isSet(value)) {
                json.writeFieldName(field.locationName());
                write(json, value);
            }
        }
        json.writeEndObject();
    }
}
