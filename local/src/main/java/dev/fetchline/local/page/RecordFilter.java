package dev.fetchline.local.page;

import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.Where;
import dev.fetchline.local.batch.WhereException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which records of a batch a person wants to see.
///
/// @param status empty for any
/// @param where an expression
/// @param search text that the URL or another shown column holds, in any case; one that begins with `http://` or
///     `https://` is the beginning of the URL, as the table's key has it
record RecordFilter(String status, Where where, String search) {
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
        try {
            return new RecordFilter(
                    request.parameter("status"),
                    Where.parse(request.parameter("where")),
                    request.parameter("search").strip());
        } catch (WhereException e) {
            throw PageException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    /// Whether everything is wanted.
    boolean isOpen() {
        return status.isEmpty() && where.isAll() && (search.isEmpty() || isPrefix());
    }

    /// What the sort keys begin with.
    String prefix() {
        return isPrefix() ? search : where.urlPrefix().orElse("");
    }

    /// The attributes that are needed.
    List<String> attributes() {
        return Stream.concat(SHOWN.stream(), where.attributes().stream())
                .distinct()
                .toList();
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
