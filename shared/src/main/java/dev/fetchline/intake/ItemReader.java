package dev.fetchline.intake;

import dev.fetchline.intake.JsonValue.JsonArray;
import dev.fetchline.intake.JsonValue.JsonLiteral;
import dev.fetchline.intake.JsonValue.JsonNumber;
import dev.fetchline.intake.JsonValue.JsonObject;
import dev.fetchline.intake.JsonValue.JsonString;
import java.util.List;
import java.util.stream.Stream;

/// Reads one entry of a batch. Whatever is wrong with it becomes an [InvalidItem] of its own.
final class ItemReader {
    /// The last one is of one item only: what came of it before is true of no other.
    private static final List<String> NAMES = Stream.of(
                    Stream.of("url"), Options.NAMES.stream(), Stream.of(EarlierReader.FIELD))
            .flatMap(names -> names)
            .toList();

    private static final String URL_SIZE = "a URL of 1 to %d UTF-8 bytes".formatted(Limits.URL_BYTES_MAX);

    private ItemReader() {}

    /// @param place what a reason calls the entry, such as `urls[3]`; empty when it is the whole body
    static BatchItem read(JsonValue entry, String place, Options defaults) {
        return switch (entry) {
            case JsonString string -> readText(string.text(), place, defaults);
            case JsonObject object -> readObject(object, place, defaults);
            case JsonArray other -> neither(other, place);
            case JsonNumber other -> neither(other, place);
            case JsonLiteral other -> neither(other, place);
        };
    }

    /// An entry that is a URL and nothing more.
    static BatchItem readText(String text, String place, Options defaults) {
        try {
            return defaults.item(url("", text));
        } catch (Fault fault) {
            return InvalidItem.ofText(text, fault.within(place).reason());
        }
    }

    private static BatchItem readObject(JsonObject object, String place, Options defaults) {
        try {
            object.expectOnly(NAMES);
            String url = url(object);
            FetchItem item = Options.read(object).over(defaults).item(url);
            Earlier earlier = EarlierReader.ofItem(object);
            return earlier == null ? item : item.withEarlier(earlier);
        } catch (Fault fault) {
            return invalid(object, place, fault).withEarlier(EarlierReader.ofInvalid(object));
        }
    }

    private static BatchItem neither(JsonValue entry, String place) {
        return invalid(entry, place, new Fault("", entry.shown(), "a URL string or an object with \"url\""));
    }

    private static InvalidItem invalid(JsonValue entry, String place, Fault fault) {
        String source = SafeText.escapeLoneSurrogates(entry.source().text());
        return InvalidItem.of(source, fault.within(place).reason());
    }

    private static String url(JsonObject object) throws Fault {
        return switch (object.get("url")) {
            case null -> throw new Fault("url", "nothing", URL_SIZE);
            case JsonString string -> url("url", string.text());
            case JsonValue other -> throw new Fault("url", other.shown(), "a string");
        };
    }

    /// Only what keeps a text from being stored and hashed is judged here: whether it is a URL, the guard says.
    private static String url(String field, String text) throws Fault {
        String url = SafeText.trim(text);
        if (url.isEmpty()) {
            throw new Fault(field, "an empty string", URL_SIZE);
        }
        if (!SafeText.isClean(url)) {
            throw new Fault(field, SafeText.quote(url), "a URL without control characters and lone surrogates");
        }
        int bytes = SafeText.utf8Bytes(url);
        if (bytes > Limits.URL_BYTES_MAX) {
            throw new Fault(field, "%d UTF-8 bytes".formatted(bytes), URL_SIZE);
        }
        return url;
    }
}
