package dev.fetchline.local.page;

import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.Where;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which records of a batch a person wants to see.
///
/// @param status empty for any
/// @param where an expression
/// @param isWhere whether there is an expression, which may ask for any attribute
/// @param search text that the URL or another shown column holds, in any case; one that begins with `http://` or
///     `https://` is the beginning of the URL, as the table's key has it
record RecordFilter(String status, Where where, boolean isWhere, String search) {
    /// What a row of the list shows; bodies stay where they are.
    private static final List<String> SHOWN = List.of(
            "batchId",
            "url",
            "fullUrl",
            "submitted",
            "status",
            "httpStatus",
            "durationMs",
            "attempts",
            "bodyBytes",
            "contentType",
            "tag",
            "error",
            "nextAttemptAt",
            "expiresAt");

    private static final Pattern WEB_URL = Pattern.compile("https?://.*", Pattern.DOTALL);

    static RecordFilter of(PageRequest request) {
        String expression = request.parameter("where");
        try {
            return new RecordFilter(
                    request.parameter("status"),
                    expression.isBlank() ? Where.ALL : Where.parse(expression),
                    !expression.isBlank(),
                    request.parameter("search").strip());
        } catch (IllegalArgumentException e) {
            throw PageException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    /// Whether everything is wanted.
    boolean isOpen() {
        return status.isEmpty() && !isWhere && (search.isEmpty() || isPrefix());
    }

    /// What the sort keys begin with.
    String prefix() {
        return isPrefix() ? search : "";
    }

    /// The attributes that are needed; empty for all.
    List<String> attributes() {
        return isWhere ? List.of() : SHOWN;
    }

    boolean matches(FetchRecord fetched) {
        return (status.isEmpty() || status.equals(fetched.status()))
                && (search.isEmpty() || isPrefix() || holdsSearch(fetched))
                && where.matches(fetched);
    }

    private boolean isPrefix() {
        return WEB_URL.matcher(search).matches();
    }

    private boolean holdsSearch(FetchRecord fetched) {
        String wanted = search.toLowerCase(Locale.ROOT);
        return Stream.of(
                        fetched.url(),
                        fetched.shownUrl(),
                        fetched.error(),
                        fetched.text("contentType"),
                        fetched.text("tag"))
                .filter(Objects::nonNull)
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
    }
}
