package dev.fetchline.local.batch;

import dev.fetchline.local.batch.WhereNode.Comparison;
import dev.fetchline.local.batch.WhereNode.Operator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which records are meant, as a person writes it: `status=FAILED and host=example.com and httpStatus>=500`.
///
/// - Names are those of [RecordField]: the record's attributes, `error.kind` and others within one, `headers.NAME`, and
///   `host`, which is read from the URL.
/// - `=`, `!=`, `<`, `<=`, `>`, `>=` compare; `~` says that a text contains another, upper and lower case alike; `^=`
///   that it begins with it. Texts compare by their characters and in their case; hosts, statuses and words such as
///   `error.kind` in any case; numbers and times by their value.
/// - `and` binds more strongly than `or`; `not` and parentheses are as everywhere; keywords are written in any case.
/// - A value with spaces, or that begins with a parenthesis or a quote, stands in `"` or `'`, where a backslash takes
/// the
///   next character as it is.
/// - What a record does not have compares in no way: only `!=` holds of it. `exists(name)` asks for it.
public final class Where {
    /// All of them.
    public static final Where ALL = new Where("", new WhereNode.All(List.of()));

    /// Of a sort key. DynamoDB refuses a question for a longer one, which no record has.
    private static final int KEY_BYTES_MAX = 1_024;

    private final String expression;
    private final WhereNode whole;

    private Where(String expression, WhereNode whole) {
        this.expression = expression;
        this.whole = whole;
    }

    /// Reads an expression; one of spaces alone means all records.
    ///
    /// @throws WhereException with one sentence on what is wrong, where, and what was expected
    public static Where parse(String expression) {
        return expression.isBlank() ? ALL : new Where(expression, WhereParser.parse(expression));
    }

    /// Whether a record is meant.
    public boolean matches(FetchRecord fetched) {
        return whole.holds(fetched);
    }

    /// Whether all records are meant.
    public boolean isAll() {
        return expression.isEmpty();
    }

    /// The attributes of the table that [#matches] looks at: a reader may leave the others in the table.
    public Set<String> attributes() {
        return whole.attributes().collect(Collectors.toUnmodifiableSet());
    }

    /// The one sort key that a record can have that is meant, where the expression says it: `url=…`.
    public Optional<String> urlKey() {
        return required("url", Operator.EQUAL).findFirst();
    }

    /// How the sort keys of all records begin that are meant, where the expression says it: the longest `url^=…`.
    public Optional<String> urlPrefix() {
        return required("url", Operator.BEGINS_WITH).max((one, other) -> Integer.compare(one.length(), other.length()));
    }

    /// The one host of all records that are meant, in lower case, where the expression says it: a batch in parts has a
    /// host's records in one part.
    public Optional<String> host() {
        Stream<String> ofUrls = Stream.of(urlKey().stream(), urlPrefix().filter(Where::hasWholeHost).stream())
                .flatMap(keys -> keys)
                .flatMap(key -> Optional.ofNullable(UrlHost.of(key)).stream());
        return Stream.concat(required("host", Operator.EQUAL), ofUrls)
                .map(host -> host.toLowerCase(Locale.ROOT))
                .findFirst();
    }

    private static boolean hasWholeHost(String prefix) {
        int slashes = prefix.indexOf("://");
        return slashes >= 0 && prefix.indexOf('/', slashes + "://".length()) >= 0;
    }

    /// The values of those comparisons that must hold, whatever else does.
    private Stream<String> required(String field, Operator operator) {
        return conjuncts(whole)
                .filter(Comparison.class::isInstance)
                .map(Comparison.class::cast)
                .filter(its -> its.field().name().equals(field) && its.operator() == operator)
                .map(Comparison::value)
                .filter(value -> !value.isEmpty() && value.getBytes(StandardCharsets.UTF_8).length <= KEY_BYTES_MAX);
    }

    private static Stream<WhereNode> conjuncts(WhereNode node) {
        return node instanceof WhereNode.All(List<WhereNode> nodes)
                ? nodes.stream().flatMap(Where::conjuncts)
                : Stream.of(node);
    }

    /// The expression as it was written.
    @Override
    public String toString() {
        return expression;
    }
}
