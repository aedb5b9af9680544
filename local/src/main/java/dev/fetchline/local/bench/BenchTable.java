package dev.fetchline.local.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/// The results table, and the batches table beside it, as far as a write goes: it takes BatchWriteItem
/// and PutItem over DynamoDB's own protocol, notes each record in the ledger and keeps nothing. It
/// throttles nobody, and knows no condition: first receives have none.
final class BenchTable implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] ALL_PROCESSED = answer("{\"UnprocessedItems\":{}}", "200 OK");
    private static final byte[] PUT = answer("{}", "200 OK");
    private static final byte[] REFUSED = answer(
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ValidationException\","
                    + "\"message\":\"the bench's table takes writes only\"}",
            "400 Bad Request");

    private final LightServer server;
    private final Ledger ledger;

    private BenchTable(Ledger ledger) {
        this.ledger = ledger;
        this.server = LightServer.start("127.0.0.1", null, this::handle);
    }

    static BenchTable start(Ledger ledger) {
        return new BenchTable(ledger);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    private static byte[] answer(String json, String status) {
        CRC32 crc = new CRC32();
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        crc.update(body);
        return ("HTTP/1.1 " + status + "\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: " + body.length
                        + "\r\nx-amz-crc32: " + crc.getValue()
                        + "\r\nx-amzn-RequestId: BENCH0000000000000000000000000000000000000000000000\r\n\r\n" + json)
                .getBytes(StandardCharsets.UTF_8);
    }

    private boolean handle(LightRequest request, OutputStream out) throws IOException {
        String target = request.header("x-amz-target");
        String operation = target.substring(target.lastIndexOf('.') + 1);
        switch (operation) {
            case "BatchWriteItem" -> {
                read(request);
                out.write(ALL_PROCESSED);
            }
            case "PutItem" -> {
                read(request);
                out.write(PUT);
            }
            default -> {
                ledger.fault("the table was asked for " + (operation.isEmpty() ? "nothing that it knows" : operation));
                out.write(REFUSED);
            }
        }
        return true;
    }

    /// Every object in the field `Item` is a record or a row of progress, whatever is around it.
    private void read(LightRequest request) throws IOException {
        long now = System.nanoTime();
        try (JsonParser json = JSON.createParser(request.bytes(), request.bodyOffset(), request.bodyLength())) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME
                        && json.currentName().equals("Item")) {
                    readItem(json, now);
                }
            }
        }
    }

    private void readItem(JsonParser json, long now) throws IOException {
        long from = json.currentTokenLocation().getByteOffset();
        Map<String, String> scalars = new LinkedHashMap<>();
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String attribute = json.currentName();
            json.nextToken();
            scalars.put(attribute, scalar(json));
        }
        if (scalars.containsKey("entry")) {
            // A row of progress, for the batches table: part of the function's work, and no record.
            return;
        }
        int bytes = (int) (json.currentTokenLocation().getByteOffset() - from);
        ledger.attributes(scalars.keySet());
        ledger.recorded(
                new Ledger.Row(
                        Work.numberOf(scalars.getOrDefault("url", "")),
                        scalars.getOrDefault("batchId", ""),
                        scalars.getOrDefault("status", ""),
                        scalars.getOrDefault("httpStatus", ""),
                        scalars.getOrDefault("bodySha256", ""),
                        scalars.getOrDefault("bodyBytes", ""),
                        bytes),
                now);
    }

    /// Reads a typed value to its end: the text of an `S` or `N`, else nothing.
    private static String scalar(JsonParser json) throws IOException {
        String text = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            if (json.nextToken().isScalarValue()) {
                text = json.getText();
            } else {
                json.skipChildren();
            }
        }
        return text;
    }

    @Override
    public void close() {
        server.close();
    }
}
