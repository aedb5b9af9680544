package dev.fetchline.local.page;

import com.sun.net.httpserver.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request: `/TOKEN/PATH?QUERY`.
///
/// @param method such as `GET`
/// @param segment the first one of the path, where the token stands
/// @param path what follows it, as it was sent: nothing here is decoded, so nothing leads out of a folder
/// @param parameters of the query, decoded
/// @param headers as they came
record PageRequest(String method, String segment, String path, Map<String, String> parameters, Headers headers) {
    static PageRequest of(String method, String rawPath, @Nullable String rawQuery, Headers headers) {
        int slash = rawPath.indexOf('/', 1);
        String segment = rawPath.substring(Math.min(1, rawPath.length()), slash < 0 ? rawPath.length() : slash);
        return new PageRequest(
                method, segment, slash < 0 ? "" : rawPath.substring(slash + 1), parametersOf(rawQuery), headers);
    }

    private static Map<String, String> parametersOf(@Nullable String rawQuery) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (rawQuery == null || rawQuery.isEmpty()) {
            return parameters;
        }
        for (String pair : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw PageException.badRequest("The query cannot be read: " + e.getMessage() + ".");
        }
    }

    /// All values of a header, none when it is missing.
    List<String> header(String name) {
        List<String> values = headers.get(name);
        return values == null ? List.of() : values;
    }

    /// A parameter's value; the empty text when it is missing.
    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /// A parameter that must be there.
    String required(String name) {
        String value = parameter(name);
        if (value.isEmpty()) {
            throw PageException.badRequest("The query has no " + name + ".");
        }
        return value;
    }

    /// A parameter that is a number from 1 to the greatest, which it is when it is missing.
    int number(String name, int max) {
        String text = parameter(name);
        if (text.isEmpty()) {
            return max;
        }
        if (text.matches("[1-9][0-9]{0,8}") && Integer.parseInt(text) <= max) {
            return Integer.parseInt(text);
        }
        throw PageException.badRequest(name + " is a number from 1 to " + max + ".");
    }
}
