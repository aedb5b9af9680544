package dev.fetchline.bench.bare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads an event of SQS whose messages are `{"batchId": …, "urls": […]}`.
final class EventReader {
    private static final JsonFactory JSON = new JsonFactory();

    private EventReader() {}

    static List<Item> read(byte[] event) throws IOException {
        List<Item> items = new ArrayList<>();
        try (JsonParser json = JSON.createParser(event)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean records = json.currentName().equals("Records");
                json.nextToken();
                if (!records) {
                    json.skipChildren();
                    continue;
                }
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    readMessage(json, items);
                }
            }
        }
        return items;
    }

    private static void readMessage(JsonParser json, List<Item> items) throws IOException {
        String messageId = "";
        String body = "";
        String sentTimestamp = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "messageId" -> messageId = json.getText();
                case "body" -> body = json.getText();
                case "attributes" -> sentTimestamp = field(json, "SentTimestamp");
                default -> json.skipChildren();
            }
        }
        readBody(body, messageId, sentTimestamp, items);
    }

    private static String field(JsonParser json, String wanted) throws IOException {
        String found = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean its = json.currentName().equals(wanted);
            json.nextToken();
            if (its) {
                found = json.getText();
            }
        }
        return found;
    }

    private static void readBody(String body, String messageId, String sentTimestamp, List<Item> items)
            throws IOException {
        String batchId = "";
        List<String> urls = new ArrayList<>();
        try (JsonParser json = JSON.createParser(body)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("batchId")) {
                    batchId = json.getText();
                } else {
                    while (json.nextToken() == JsonToken.VALUE_STRING) {
                        urls.add(json.getText());
                    }
                }
            }
        }
        for (String url : urls) {
            items.add(new Item(url, batchId, messageId, sentTimestamp));
        }
    }
}
