package dev.fetchline.local.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fetchline.local.page.PageAsker.Answer;
import dev.fetchline.local.target.Target;
import dev.fetchline.progress.KeySum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What the page's script is told, on DynamoDB Local.
class PageApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static PageStack stack;
    private static PageAsker asker;

    @BeforeAll
    static void start() {
        stack = PageStack.start();
        asker = new PageAsker(stack.server().url());
        stack.put(PageStack.rows("many", 2_500));
        stack.put(PageStack.rows("split/00", 30));
        stack.put(PageStack.rows("split/01", 250));
        stack.put(PageStack.rows("split/02", 1));
        stack.putHead("split", 281, Map.of("00", KeySum.NONE), 3);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void status_tells_the_queues_and_what_was_read() {
        stack.putDeadLetter("{", "it is no JSON");
        JsonNode status = json("api/status");
        assertThat(status.path("stack").asText()).isEqualTo("the stack of a test");
        assertThat(status.path("isBilled").asBoolean()).isFalse();
        assertThat(status.path("queue").path("waiting").asInt()).isZero();
        assertThat(status.path("records").asInt()).isGreaterThanOrEqualTo(2_500 + 281);
        JsonNode letter = json("api/dead-letters").path("messages").get(0);
        assertThat(letter.path("reason").asText()).isEqualTo("it is no JSON");
        assertThat(letter.path("messageId").asText()).isEqualTo("the-first-id");
        assertThat(letter.path("body").asText()).isEqualTo("{");
        assertThat(json("api/dead-letters").path("messages")).hasSize(1);
        assertThat(json("api/status").path("deadLetterQueue").path("waiting").asInt())
                .isEqualTo(1);
    }

    @Test
    void batches_are_those_with_a_head_and_those_in_the_table() {
        JsonNode batches = json("api/batches").path("batches");
        assertThat(names(batches)).contains("split", "many").doesNotContain("split/00", "split/01");
        JsonNode split = batches.get(names(batches).indexOf("split"));
        assertThat(split.path("head").path("urls").asInt()).isEqualTo(281);
    }

    @Test
    void a_deployed_results_table_is_not_searched_for_batches() {
        try (PageServer deployed = PageServer.start(stack.stack().target(Target.Place.DEPLOYED), 0)) {
            PageAsker other = new PageAsker(deployed.url());
            assertThat(other.get("api/batches").text()).contains("\"batches\":[]", "\"isListed\":false");
            assertThat(other.get("api/status").text())
                    .contains("\"isBilled\":true", "\"calls\":0")
                    .doesNotContain("\"records\"");
        }
    }

    @Test
    void records_come_a_hundred_at_a_time_each_once_and_in_order() {
        List<String> keys = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = json("api/records?batch=many&cursor=" + cursor);
            assertThat(page.path("records").size()).isLessThanOrEqualTo(100);
            assertThat(page.path("calls").asInt()).isEqualTo(1);
            page.path("records").forEach(row -> keys.add(row.path("key").asText()));
            cursor = page.path("next").asText();
        } while (!cursor.isEmpty());
        assertThat(keys).hasSize(2_500).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void the_parts_of_a_batch_read_as_one() {
        List<String> rows = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = json("api/records?batch=split&cursor=" + cursor);
            page.path("records")
                    .forEach(row -> rows.add(
                            row.path("batchId").asText() + row.path("key").asText()));
            cursor = page.path("next").asText();
        } while (!cursor.isEmpty());
        assertThat(rows).hasSize(281).doesNotHaveDuplicates();
        assertThat(rows.getFirst()).startsWith("split/00");
        assertThat(rows.getLast()).startsWith("split/02");
    }

    @Test
    void filters_are_status_expression_and_search_and_all_of_them() {
        assertThat(keysOf("api/records?batch=many&status=FAILED")).hasSize(3).allMatch(key -> key.endsWith("7"));
        assertThat(keysOf("api/records?batch=many&where=status%3DFAILED")).hasSize(3);
        assertThat(keysOf("api/records?batch=many&search=PAGE/001007"))
                .containsExactly("https://host07.example/page/001007");
        assertThat(keysOf("api/records?batch=many&search=refused")).hasSize(3);
        assertThat(keysOf("api/records?batch=many&status=OK&search=page/001007"))
                .isEmpty();
        assertThat(keysOf("api/records?batch=many&search=https://host07.example/"))
                .hasSize(50)
                .allMatch(key -> key.startsWith("https://host07.example/"));
    }

    @Test
    void what_cannot_be_read_is_said_in_a_sentence() {
        assertThat(asker.get("api/records?batch=many&where=nonsense").status()).isEqualTo(400);
        assertThat(asker.get("api/records?batch=many&where=nonsense").text()).contains("nonsense");
        assertSentence("api/records", "The query has no batch.");
        assertSentence(
                "api/records?batch=many&cursor=7.x",
                "The cursor is none of this batch: start again at its first page.");
        assertSentence(
                "api/records?batch=many&cursor=0.%F0",
                "The cursor is none of this batch: start again at its first page.");
        assertSentence(
                "api/records?batch=many&cursor=-1.eA",
                "The cursor is none of this batch: start again at its first page.");
        assertSentence("api/records?batch=many&rows=101", "rows is a number from 1 to 100.");
        assertSentence(
                "body?batch=many&key=https://host00.example/page/000000&view=svg", "view is text, document or image.");
        assertThat(asker.get("api/record?batch=many&key=none").status()).isEqualTo(404);
    }

    @Test
    void hosts_and_statuses_are_added_up() {
        JsonNode tally = json("api/tally?batch=many");
        assertThat(tally.path("statuses").path("OK").asInt()).isEqualTo(2_497);
        assertThat(tally.path("statuses").path("FAILED").asInt()).isEqualTo(3);
        JsonNode host = tally.path("hosts").path("host07.example");
        assertThat(host.path("urls").asInt()).isEqualTo(50);
        assertThat(host.path("ok").asInt()).isEqualTo(47);
        assertThat(host.path("bytes").asInt()).isEqualTo(47 * 4_321);
        // 2^(221/32) is 119.97, 2^(222/32) is 122.6: 120 + 1 lie between.
        assertThat(host.path("times").path("221").asInt()).isEqualTo(50);
        assertThat(tally.has("next")).isFalse();
    }

    @Test
    void hosts_have_the_names_that_the_hosts_command_gives_them() {
        stack.put(List.of(
                PageStack.row("names", "https://a.example:8443/1", "OK"),
                PageStack.row("names", "HEAD https://a.example/2", "OK"),
                PageStack.row("names", "invalid:no url", "INVALID")));
        JsonNode hosts = json("api/tally?batch=names").path("hosts");
        assertThat(hosts.path("a.example").path("urls").asInt()).isEqualTo(2);
        assertThat(hosts.path("(no URL)").path("urls").asInt()).isEqualTo(1);
    }

    @Test
    void progress_rows_are_added_once_and_compared_with_the_head() {
        KeySum first = KeySum.of("https://a.example/").plus("https://b.example/");
        KeySum second = KeySum.of("https://c.example/");
        stack.putHead("live", 3, Map.of("-", first.plus(second)), 0);
        Instant at = Instant.now().minusSeconds(20);
        stack.putProgress("live", at, "r1", Map.of("OK", 2L), Map.of("-", first), Map.of("slow.example", "2:4000"));
        JsonNode before = json("api/batch?batch=live").path("progress");
        assertThat(before.path("done").asInt()).isEqualTo(2);
        assertThat(before.path("isExact").asBoolean()).isFalse();
        // Ended earlier and written later, as rows of other environments are.
        stack.putProgress(
                "live",
                at.minusSeconds(3),
                "r0",
                Map.of("FAILED", 1L),
                Map.of("-", second),
                Map.of("slow.example", "2:4000"));
        JsonNode after = untilDone("live", 3).path("progress");
        assertThat(after.path("counts").path("OK").asInt()).isEqualTo(2);
        assertThat(after.path("counts").path("FAILED").asInt()).isEqualTo(1);
        assertThat(after.path("isExact").asBoolean()).isTrue();
        assertThat(after.path("slowest").get(0).path("meanMs").asInt()).isEqualTo(2_000);
        assertThat(after.path("steps")).hasSize(4);
    }

    /// The page's server answers from what it has just read for a second; the build's time limit ends a wait without
    /// end.
    private static JsonNode untilDone(String batch, int done) {
        JsonNode answer = json("api/batch?batch=" + batch);
        while (answer.path("progress").path("done").asInt() < done) {
            answer = json("api/batch?batch=" + batch);
        }
        return answer;
    }

    @Test
    void a_record_has_every_attribute_but_the_bytes_of_its_body() {
        Map<String, AttributeValue> row = PageStack.row("one", "https://example.com/", "OK");
        row.put("headers", AttributeValue.fromM(Map.of("server", AttributeValue.fromS("x"))));
        row.put("redirects", AttributeValue.fromL(List.of(AttributeValue.fromS("https://example.com/1"))));
        row.put("earlier", AttributeValue.fromM(Map.of("status", AttributeValue.fromS("FAILED"))));
        row.put("body", AttributeValue.fromS("<h1>Hello</h1>"));
        row.put("unheardOf", AttributeValue.fromS("kept"));
        stack.put(List.of(row));
        JsonNode answer = json("api/record?batch=one&key=" + encoded("https://example.com/"));
        assertThat(answer.path("record").path("headers").path("server").asText())
                .isEqualTo("x");
        assertThat(answer.path("record").path("redirects").get(0).asText()).isEqualTo("https://example.com/1");
        assertThat(answer.path("record").path("earlier").path("status").asText())
                .isEqualTo("FAILED");
        assertThat(answer.path("record").path("unheardOf").asText()).isEqualTo("kept");
        assertThat(answer.path("record").has("body")).isFalse();
        assertThat(answer.path("body").path("form").asText()).isEqualTo("TEXT");
        assertThat(answer.path("body").path("bytes").asInt()).isEqualTo(14);
    }

    @Test
    void expired_records_are_not_there() {
        Map<String, AttributeValue> row = PageStack.row("old", "https://example.com/", "OK");
        row.put("expiresAt", PageStack.number(Instant.now().getEpochSecond() - 1));
        stack.put(List.of(row));
        assertThat(keysOf("api/records?batch=old")).isEmpty();
    }

    @Test
    void what_the_table_refuses_is_said_in_its_words() {
        for (String path :
                List.of("api/records?batch=" + "b".repeat(2_049), "api/record?batch=many&key=" + "k".repeat(1_025))) {
            Answer answer = asker.get(path);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text())
                    .startsWith("The stack refuses this: ")
                    .contains("2048 bytes")
                    .doesNotContain("Request ID", "SDK");
        }
    }

    @Test
    void a_dead_letter_is_cut_between_characters() throws IOException {
        try (PageStack own = PageStack.startFast()) {
            own.putDeadLetter("x".repeat(3_999) + "\uD83D\uDE00 and more", "it is no JSON");
            Answer answer = new PageAsker(own.server().url()).get("api/dead-letters");
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(JSON.readTree(answer.bytes()).at("/messages/0/body").asText())
                    .isEqualTo("x".repeat(3_999));
        }
    }

    @Test
    void urls_that_were_sent_again_are_counted_once() {
        Map<String, AttributeValue> mended = PageStack.row("again", "https://b.example/", "OK");
        stack.put(List.of(PageStack.row("again", "https://a.example/", "OK"), mended));
        KeySum first = KeySum.of("https://a.example/").plus("https://b.example/");
        stack.putHead("again", 2, Map.of("-", first), 0);
        Instant at = Instant.now().minusSeconds(20);
        stack.putProgress("again", at, "r1", Map.of("OK", 1L, "FAILED", 1L), Map.of("-", first), Map.of());
        // redrive sent the one that failed once more.
        stack.putProgress(
                "again",
                at.plusSeconds(5),
                "r2",
                Map.of("OK", 1L),
                Map.of("-", KeySum.of("https://b.example/")),
                Map.of());
        JsonNode progress = json("api/batch?batch=again").path("progress");
        assertThat(progress.path("done").asInt()).isEqualTo(2);
        assertThat(progress.path("counts").path("OK").asInt()).isEqualTo(2);
        assertThat(progress.path("counts").has("FAILED")).isFalse();
        assertThat(progress.path("isExact").asBoolean()).isTrue();
        // Of a deployed stack, reading the records is billed: there it is said that the shares are not exact.
        try (PageServer deployed = PageServer.start(stack.stack().targetWithBatches(Target.Place.DEPLOYED), 0)) {
            String billed =
                    new PageAsker(deployed.url()).get("api/batch?batch=again").text();
            assertThat(billed).contains("\"done\":2,", "\"FAILED\":1", "\"isExact\":false");
        }
    }

    private static void assertSentence(String path, String sentence) {
        Answer answer = asker.get(path);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo(sentence + "\n");
    }

    private static List<String> keysOf(String path) {
        List<String> keys = new ArrayList<>();
        json(path).path("records").forEach(row -> keys.add(row.path("key").asText()));
        return keys;
    }

    private static List<String> names(JsonNode batches) {
        List<String> names = new ArrayList<>();
        batches.forEach(batch -> names.add(batch.path("batchId").asText()));
        return names;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode json(String path) {
        Answer answer = asker.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("content-type", "application/json; charset=utf-8");
        try {
            return JSON.readTree(answer.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
