package dev.fetchline.local.redrive;

import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.RequestMethod;
import dev.fetchline.local.batch.FetchRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A record as the item that it came from, as far as the record has it.
sealed interface RecordItem {
    String UNDER_WAY = "under way: RETRYING, its next try comes by itself";
    String INVALID = "INVALID: it would be so again (name the status in --where to send it all the same)";
    String HEADERS = "had headers of the caller, whose values are not stored: --without-headers sends it without them";
    String NOT_WHOLE = "not all of its URL was stored, such as a password";

    /// An item to send.
    record Item(RedriveItem item) implements RecordItem {}

    /// What is not sent.
    ///
    /// @param isMeant whether it would be sent if it could be
    record Left(String why, boolean isMeant) implements RecordItem {}

    /// Whose records are sent.
    ///
    /// @param withoutHeaders whether an item that had headers is sent without them
    /// @param withInvalid whether entries that were no URL are sent
    record Options(boolean withoutHeaders, boolean withInvalid) {}

    static RecordItem of(FetchRecord fetched, Options options) {
        if (!fetched.isFinal()) {
            return new Left(UNDER_WAY, false);
        }
        if (fetched.status().equals("INVALID") && !options.withInvalid) {
            return new Left(INVALID, false);
        }
        Map<String, AttributeValue> request = map(fetched.attributes().get("request"));
        if (hadHeaders(fetched) && !options.withoutHeaders) {
            return new Left(HEADERS, true);
        }
        RequestMethod method = isHead(request) ? RequestMethod.HEAD : RequestMethod.GET;
        FetchItem item = new FetchItem(
                urlOf(fetched, method),
                method,
                Map.of(),
                integer(request, "timeoutMs"),
                integer(request, "maxBodyBytes"),
                request.containsKey("followRedirects")
                        ? request.get("followRedirects").bool()
                        : null,
                fetched.text("tag"),
                Evidence.ofRecord(fetched));
        // Its record has to take the place of this one.
        return DeadLetterRecord.keyOf(fetched.batchId(), item).equals(fetched.url())
                ? new Item(new RedriveItem(fetched.batchId(), item))
                : new Left(NOT_WHOLE, true);
    }

    /// Whether the caller gave headers with it, of which the record has the names alone.
    static boolean hadHeaders(FetchRecord fetched) {
        return map(fetched.attributes().get("request")).containsKey("headerNames");
    }

    /// The canonical URL; for what has none, what was submitted.
    private static String urlOf(FetchRecord fetched, RequestMethod method) {
        String key = fetched.url();
        String whole = fetched.text("fullUrl");
        if (whole != null) {
            return whole;
        }
        if (key.startsWith("invalid:")) {
            String submitted = fetched.text("submitted");
            return submitted == null ? key : submitted;
        }
        String prefix = method == RequestMethod.GET ? "" : method.name() + " ";
        return key.startsWith(prefix) ? key.substring(prefix.length()) : key;
    }

    private static boolean isHead(Map<String, AttributeValue> request) {
        return "HEAD".equals(new FetchRecord(request).text("method"));
    }

    private static @Nullable Integer integer(Map<String, AttributeValue> request, String name) {
        Long value = new FetchRecord(request).number(name);
        return value == null ? null : Math.toIntExact(value);
    }

    private static Map<String, AttributeValue> map(@Nullable AttributeValue value) {
        return value == null || !value.hasM() ? Map.of() : value.m();
    }
}
