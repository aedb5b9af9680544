package dev.fetchline.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every form that a body may take, read as what it means.
class MessageFormsTest {
    private static final String A = "https://example.com/a";
    private static final String B = "https://example.org/b";

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("one line", A, urls(A)),
                Arguments.of("lines, LF", A + "\n" + B, urls(A, B)),
                Arguments.of("lines, CRLF, ended", A + "\r\n" + B + "\r\n", urls(A, B)),
                Arguments.of("spaces and tabs around lines", " \t" + A + " \t\n\t" + B, urls(A, B)),
                Arguments.of("blank lines and comments", "# list\n\n" + A + "\n \t\n  # more\n" + B, urls(A, B)),
                Arguments.of("a fragment is no comment", A + "#part", urls(A + "#part")),
                Arguments.of("a line is not judged as a URL", "see " + A, urls("see " + A)),
                Arguments.of("text that would be JSON elsewhere", "null", urls("null")),
                Arguments.of("JSON after a comment is a line", "# x\n{}", urls("{}")),
                Arguments.of("white space of other kinds stays", "\u00a0" + A, urls("\u00a0" + A)),
                Arguments.of("JSON string", "\"" + A + "\"", urls(A)),
                Arguments.of("JSON string, escapes", "\"https:\\/\\/example.com\\/\\u0061\"", urls(A)),
                Arguments.of("JSON string, spaces in it", "\"\\n " + A + "\\t\\r\"", urls(A)),
                Arguments.of("JSON string, astral", "\"" + A + "\\ud83d\\ude00\"", urls(A + "\ud83d\ude00")),
                Arguments.of("JSON array", "[\"" + A + "\",\"" + B + "\"]", urls(A, B)),
                Arguments.of("array of objects", "[{\"url\":\"" + A + "\"},\"" + B + "\"]", urls(A, B)),
                Arguments.of("white space around JSON", " \r\n\t[\"" + A + "\"]\n", urls(A)),
                Arguments.of("byte order mark and JSON", "\uFEFF [\"" + A + "\"]", urls(A)),
                Arguments.of("byte order mark and text", "\uFEFF" + A, urls(A)),
                Arguments.of("one item object", "{\"url\":\"" + A + "\"}", urls(A)),
                Arguments.of("object", "{\"urls\":[\"" + A + "\",{\"url\":\"" + B + "\"}]}", urls(A, B)),
                Arguments.of(
                        "object with id", "{\"batchId\":\"mine\",\"urls\":[\"" + A + "\"]}", urls("mine", List.of(A))),
                Arguments.of("empty defaults", "{\"urls\":[\"" + A + "\"],\"defaults\":{}}", urls(A)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void reads(String form, String body, Intake expected) {
        assertThat(BatchReader.read(body, "message-1")).as(form).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", " \t\r\n", "\n\n", "# only\n# comments", "[]", " [ ] ", "{\"urls\":[]}"})
    void empty_batches_are_valid(String body) {
        assertThat(BatchReader.read(body, "message-1")).isEqualTo(urls());
    }

    @Test
    void an_empty_object_batch_keeps_its_id() {
        assertThat(BatchReader.read("{\"batchId\":\"b\",\"urls\":[]}", "message-1"))
                .isEqualTo(urls("b", List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void reads_the_same_inside_a_notification(String form, String body, Intake expected) {
        assertThat(BatchReader.read(notification(body), "message-1")).as(form).isEqualTo(expected);
    }

    @Test
    void a_notification_may_have_fields_of_its_own() {
        String body = """
                {"Type": "Notification", "MessageId": "m", "TopicArn": "t", "Subject": null, "Message": "https://example.com/a",
                 "Timestamp": "t", "SignatureVersion": "1", "Signature": "s", "SigningCertURL": "u", "SigningCertUrl": "u",
                 "UnsubscribeURL": "u", "UnsubscribeUrl": "u", "SequenceNumber": "1",
                 "MessageAttributes": {"a": {"Type": "String", "Value": "v"}}}
                """;
        assertThat(BatchReader.read(body, "message-1")).isEqualTo(urls(A));
    }

    @Test
    void an_item_object_carries_every_option() {
        String body = """
                {"url": " https://example.com/a ", "method": "HEAD", "headers": {"X-B": "2", "x-a": " 1\\t", "Empty": ""},
                 "timeoutMs": 1, "maxBodyBytes": 0, "followRedirects": false, "tag": "t \\ud83d\\ude00"}
                """;
        FetchItem item = onlyItem(body);
        assertThat(item)
                .isEqualTo(new FetchItem(
                        A,
                        RequestMethod.HEAD,
                        Map.of("X-B", "2", "x-a", " 1\t", "Empty", ""),
                        1,
                        0,
                        false,
                        "t \ud83d\ude00"));
        assertThat(item.headers().keySet()).containsExactly("X-B", "x-a", "Empty");
    }

    @Test
    void defaults_apply_where_an_item_says_nothing() {
        String body = """
                {"defaults": {"method": "HEAD", "headers": {"Accept": "a", "X-Keep": "k"}, "timeoutMs": 5, "maxBodyBytes": 6,
                              "followRedirects": false, "tag": "t"},
                 "urls": ["https://example.com/a",
                          {"url": "https://example.com/a", "method": "GET", "headers": {"aCCEPT": "b", "X-Own": "o"},
                           "timeoutMs": 7, "maxBodyBytes": 8, "followRedirects": true, "tag": "u"}]}
                """;
        FetchBatch batch = (FetchBatch) BatchReader.read(body, "message-1");
        FetchItem plain = new FetchItem(A, RequestMethod.HEAD, Map.of("Accept", "a", "X-Keep", "k"), 5, 6, false, "t");
        FetchItem own = new FetchItem(
                A, RequestMethod.GET, Map.of("aCCEPT", "b", "X-Keep", "k", "X-Own", "o"), 7, 8, true, "u");
        assertThat(batch.items()).containsExactly(plain, own);
    }

    @Test
    void items_share_the_headers_of_their_defaults() {
        FetchBatch batch = (FetchBatch) BatchReader.read(
                "{\"defaults\":{\"headers\":{\"A\":\"b\"}},\"urls\":[\"x\",{\"url\":\"y\"}]}", "message-1");
        FetchItem first = (FetchItem) batch.items().getFirst();
        FetchItem second = (FetchItem) batch.items().getLast();
        assertThat(first.headers()).isSameAs(second.headers()).isEqualTo(Map.of("A", "b"));
        assertThat(first.headers().get("A")).isEqualTo("b");
        assertThat(first.headers()).containsKey("A").doesNotContainKey("a");
    }

    @Test
    void one_invalid_item_leaves_its_siblings_alone() {
        FetchBatch batch = (FetchBatch) BatchReader.read("[\"" + A + "\",7,\"" + B + "\"]", "message-1");
        assertThat(batch.items())
                .containsExactly(
                        FetchItem.get(A),
                        InvalidItem.of("7", "[1]: found 7, expected a URL string or an object with \"url\""),
                        FetchItem.get(B));
    }

    static String notification(String message) {
        String escaped = message.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
        return "{\"Type\":\"Notification\",\"Message\":\"" + escaped + "\"}";
    }

    private static FetchItem onlyItem(String body) {
        return (FetchItem)
                ((FetchBatch) BatchReader.read(body, "message-1")).items().getFirst();
    }

    private static FetchBatch urls(String... urls) {
        return urls("message-1", Arrays.asList(urls));
    }

    private static FetchBatch urls(String batchId, List<String> urls) {
        return new FetchBatch(
                batchId, urls.stream().<BatchItem>map(FetchItem::get).toList());
    }
}
