package dev.fetchline.testing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tables of cases in JSON: an array of flat objects.
public final class JsonCases {
    private JsonCases() {}

    /// The objects of a resource beside the tests; null values and numbers are left out, booleans are texts.
    ///
    /// @param resource an absolute name, such as `/wpt/toascii.json`
    public static List<Map<String, String>> read(String resource) {
        try (var in = JsonCases.class.getResourceAsStream(resource);
                var parser = new JsonFactory().createParser(in)) {
            var cases = new ArrayList<Map<String, String>>();
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    cases.add(new LinkedHashMap<>());
                } else if (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_TRUE) {
                    cases.getLast().put(parser.currentName(), parser.getText());
                }
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
