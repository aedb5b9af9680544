package dev.fetchline.local.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fetchline.intake.BatchReader;
import dev.fetchline.intake.Deferral;
import dev.fetchline.intake.DeferredItem;
import dev.fetchline.intake.Earlier;
import dev.fetchline.intake.FetchBatch;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.InvalidItem;
import dev.fetchline.local.stack.DeadMessage;
import dev.fetchline.queue.Quarantine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What takes a dead letter's place, read as the function reads it.
class DeadLetterMessagesTest {
    private static List<FetchBatch> batches(DeadLetter letter) {
        return DeadLetterMessages.ofEntries(letter.entries(), letter.reason()).stream()
                .map(message -> (FetchBatch) BatchReader.read(message.body(), "a-new-id"))
                .toList();
    }

    @Test
    void a_message_that_named_no_batch_keeps_the_one_of_its_first_id() {
        FetchBatch batch = batches(DeadLetters.moved("https://a.example/")).getFirst();
        assertThat(batch.batchId()).isEqualTo(DeadLetters.ID);
        assertThat(batch.items())
                .containsExactly(FetchItem.get("https://a.example/")
                        .withEarlier(new Earlier(
                                "RETRYING",
                                null,
                                new Earlier.Failure("DEAD_LETTER", DeadMessage.RECEIVED_TOO_OFTEN),
                                0,
                                null,
                                1)));
    }

    @Test
    void a_quarantined_message_keeps_the_batch_of_the_id_that_it_was_sent_with() {
        assertThat(batches(DeadLetters.quarantined("https://a.example/", "an old fault"))
                        .getFirst()
                        .batchId())
                .isEqualTo("original-1");
    }

    @Test
    void items_keep_their_options_and_headers() {
        FetchBatch batch = batches(DeadLetters.moved("""
                        {"batchId":"b","defaults":{"headers":{"Accept":"text/html"}},"urls":[
                         {"url":"https://ä.example/","method":"HEAD","timeoutMs":5,"maxBodyBytes":6,
                          "followRedirects":false,"tag":"t"}]}""")).getFirst();
        FetchItem item = (FetchItem) batch.items().getFirst();
        assertThat(item.withEarlier(null)).isEqualTo(((FetchItem)
                ((FetchBatch) BatchReader.read("""
                        {"urls":[{"url":"https://ä.example/","method":"HEAD","timeoutMs":5,"maxBodyBytes":6,
                         "followRedirects":false,"tag":"t","headers":{"Accept":"text/html"}}]}""", "x")).items().getFirst()));
    }

    @Test
    void a_deferral_becomes_plain_items_of_its_batches_with_their_last_outcome() {
        List<FetchBatch> batches = batches(DeadLetters.moved("""
                {"v":1,"parts":[
                 {"batchId":"one","messageId":"m","requestedAt":5,"firstSeenAt":6,"hop":3,"headers":{"X":"y"},"items":[
                  {"item":"https://a.example/","made":2,"last":{"kind":"TIMEOUT","detail":"slow"}}]},
                 {"batchId":"two","messageId":"m","requestedAt":5,"firstSeenAt":6,"hop":0,"items":[
                  {"item":"https://b.example/","made":1,"last":{"httpStatus":503},
                   "earlier":{"status":"FAILED","attempts":4,"times":2}},
                  {"item":"https://c.example/",
                   "earlier":{"status":"HTTP_ERROR","httpStatus":500,"attempts":4,"times":2}}]}]}"""));
        assertThat(batches).extracting(FetchBatch::batchId).containsExactly("one", "two");
        assertThat(batches.get(0).items())
                .containsExactly(FetchItem.get("https://a.example/")
                        .withHeaders(Map.of("X", "y"))
                        .withEarlier(
                                new Earlier("RETRYING", null, new Earlier.Failure("TIMEOUT", "slow"), 2, null, 1)));
        assertThat(batches.get(1).items())
                .containsExactly(
                        FetchItem.get("https://b.example/").withEarlier(new Earlier("RETRYING", 503, null, 1, null, 3)),
                        FetchItem.get("https://c.example/")
                                .withEarlier(new Earlier("HTTP_ERROR", 500, null, 4, null, 3)));
    }

    @Test
    void an_entry_that_is_no_item_goes_along_and_keeps_its_hash() {
        DeadLetter letter = DeadLetters.moved("{\"batchId\":\"b\",\"urls\":[\"https://a.example/\",42]}");
        InvalidItem invalid = (InvalidItem) letter.entries().get(1).entry();
        List<OutgoingMessage> messages = DeadLetterMessages.ofEntries(letter.entries(), letter.reason());
        assertThat(messages).hasSize(2);
        assertThat(((Deferral) BatchReader.read(messages.get(1).body(), "x")).items())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.entry()).isEqualTo(invalid);
                    assertThat(entry.batchId()).isEqualTo("b");
                    assertThat(entry.origin().requestedAt()).isEqualTo(DeadLetters.SENT_AT);
                });
    }

    @Test
    void the_rest_of_a_message_has_its_reason_its_first_id_and_all_that_its_items_have_behind_them() {
        DeadLetter letter = DeadLetters.moved("""
                {"v":1,"parts":[
                 {"batchId":"one","messageId":"m","requestedAt":5,"firstSeenAt":6,"hop":3,"headers":{"X":"y"},"items":[
                  {"item":"https://a.example/","made":2,"granted":1,"notBefore":7,"last":{"httpStatus":503}}]}]}""");
        OutgoingMessage rest =
                DeadLetterMessages.ofRest(letter.entries(), letter).getFirst();
        assertThat(((Deferral) BatchReader.read(rest.body(), "x")).items()).isEqualTo(letter.entries());
        assertThat(rest.attributes())
                .hasEntrySatisfying(
                        Quarantine.REASON,
                        reason -> assertThat(reason.stringValue()).isEqualTo(DeadMessage.RECEIVED_TOO_OFTEN))
                .hasEntrySatisfying(
                        Quarantine.ORIGINAL_MESSAGE_ID,
                        id -> assertThat(id.stringValue()).isEqualTo(DeadLetters.ID));
    }

    @Test
    void a_large_rest_is_split_as_deferrals_are_limited() {
        List<DeferredItem> many = DeadLetters.moved(String.join(
                        "\n",
                        IntStream.range(0, 1_201)
                                .mapToObj(i -> "https://a.example/" + i)
                                .toList()))
                .entries();
        List<OutgoingMessage> rest = DeadLetterMessages.ofRest(many, DeadLetters.moved("x"));
        assertThat(rest).allSatisfy(message -> assertThat(message.urls()).isLessThanOrEqualTo(Deferral.ITEMS_MAX));
        assertThat(rest.stream().mapToInt(OutgoingMessage::urls).sum()).isEqualTo(1_201);
    }

    @Test
    void a_host_with_many_urls_has_messages_of_its_own_and_is_their_group() {
        List<String> lines = new ArrayList<>();
        IntStream.range(0, 150).forEach(i -> lines.add("https://busy.example/" + i));
        lines.add("https://b.example/");
        lines.add("https://c.example/");
        List<OutgoingMessage> messages = DeadLetterMessages.ofEntries(
                DeadLetters.moved(String.join("\n", lines)).entries(), "r");
        assertThat(messages)
                .extracting(OutgoingMessage::groupId, OutgoingMessage::urls)
                .containsExactly(tuple("busy.example", 100), tuple("busy.example", 50), tuple(null, 2));
    }

    @Test
    void what_is_sent_as_it_is_loses_only_what_the_quarantine_added() {
        DeadLetter letter = DeadLetter.of(DeadLetters.message(
                "{\"urls\": [}", Map.of(Quarantine.REASON, "r", Quarantine.ORIGINAL_MESSAGE_ID, "m", "mine", "kept")));
        OutgoingMessage raw = DeadLetterMessages.asIs(letter);
        assertThat(raw.body()).isEqualTo("{\"urls\": [}");
        assertThat(raw.attributes()).containsOnlyKeys("mine");
    }
}
