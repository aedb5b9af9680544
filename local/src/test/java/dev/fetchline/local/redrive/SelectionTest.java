package dev.fetchline.local.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.intake.DeferredItem;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.InvalidItem;
import dev.fetchline.local.batch.Where;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is to become of each kind of dead letter.
class SelectionTest {
    private static final String DEFERRAL = """
            {"v":1,"parts":[{"batchId":"nightly","messageId":"m","requestedAt":5,"firstSeenAt":6,"hop":3,\
            "headers":{"Accept":"text/html"},"items":[\
            {"item":"https://a.example/","made":2,"last":{"httpStatus":503}},\
            {"item":"https://b.example/"}]}]}""";

    private static Decision decide(DeadLetter letter) {
        return new Selection(Where.ALL, false, Long.MAX_VALUE).decide(letter);
    }

    private static Decision decide(String where, DeadLetter letter) {
        return new Selection(Where.parse(where), false, Long.MAX_VALUE).decide(letter);
    }

    private static List<String> urls(List<DeferredItem> entries) {
        return entries.stream()
                .map(entry ->
                        entry.entry() instanceof FetchItem item ? item.url() : ((InvalidItem) entry.entry()).text())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "https://a.example/ | https://a.example/",
                "\"https://a.example/\" | https://a.example/",
                "[\"https://a.example/\"] | https://a.example/",
                "{\"batchId\":\"b\",\"urls\":[\"https://a.example/\"]} | https://a.example/",
                "{\"Type\":\"Notification\",\"Message\":\"https://a.example/\"} | https://a.example/",
            })
    void a_message_that_was_received_too_often_is_sent_whatever_its_form(String body, String url) {
        assertThat(decide(DeadLetters.moved(body))).isInstanceOfSatisfying(Decision.Send.class, send -> {
            assertThat(urls(send.entries())).containsExactly(url);
            assertThat(send.rest()).isEmpty();
        });
    }

    @Test
    void a_deferral_that_died_is_sent_with_all_its_parts() {
        assertThat(decide(DeadLetters.moved(DEFERRAL)))
                .isInstanceOfSatisfying(
                        Decision.Send.class,
                        send -> assertThat(urls(send.entries()))
                                .containsExactly("https://a.example/", "https://b.example/"));
    }

    @Test
    void what_cannot_be_read_stays_and_says_why() {
        assertThat(decide(DeadLetters.quarantined("{\"urls\": [}", "body: found }")))
                .isEqualTo(new Decision.Leave(Selection.UNREADABLE, true));
    }

    @Test
    void what_could_not_be_read_once_and_can_be_today_is_sent() {
        assertThat(decide(DeadLetters.quarantined("https://a.example/", "found a fault of an older release")))
                .isInstanceOf(Decision.Send.class);
    }

    @Test
    void what_cannot_be_read_is_sent_as_it_is_when_told_so() {
        Selection raw = new Selection(Where.ALL, true, Long.MAX_VALUE);
        assertThat(raw.decide(DeadLetters.quarantined("{\"urls\": [}", "body: found }")))
                .isEqualTo(new Decision.SendAsIs());
    }

    @Test
    void a_body_that_was_cut_is_never_sent_even_where_it_reads_as_a_list_of_urls() {
        Selection raw = new Selection(Where.ALL, true, Long.MAX_VALUE);
        assertThat(raw.decide(DeadLetters.truncated("https://a.example/\nhttps://b.exa")))
                .isEqualTo(new Decision.Leave(Selection.TRUNCATED, true));
    }

    @Test
    void a_deferral_of_a_later_release_stays() {
        assertThat(decide(DeadLetters.moved("{\"v\":99,\"parts\":[]}")))
                .isEqualTo(new Decision.Leave(Selection.UNKNOWN_VERSION, true));
    }

    @Test
    void a_message_without_urls_stays() {
        assertThat(decide(DeadLetters.moved("# nothing but a comment")))
                .isEqualTo(new Decision.Leave(Selection.EMPTY, true));
    }

    @Test
    void of_a_message_of_which_some_urls_are_meant_the_others_are_the_rest() {
        assertThat(decide("host=b.example", DeadLetters.moved(DEFERRAL)))
                .isInstanceOfSatisfying(Decision.Send.class, send -> {
                    assertThat(urls(send.entries())).containsExactly("https://b.example/");
                    assertThat(urls(send.rest())).containsExactly("https://a.example/");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "batchId=nightly, true",
        "batchId=other, false",
        "httpStatus=503, true",
        "attempts=2, true",
        "hop=3, true",
        "status=RETRYING, true",
        "error.detail~often, true",
        "error.detail~moon, false",
        "error.kind=DEAD_LETTER, true",
        "url^=https://a.example/, true",
        "request.method=HEAD, false",
        "messageId=5e3a4f0c-0000-4000-8000-000000000001, true",
    })
    void the_names_of_a_record_are_those_of_a_dead_letter(String where, boolean isMeant) {
        assertThat(decide(where, DeadLetters.moved(DEFERRAL)) instanceof Decision.Send)
                .isEqualTo(isMeant);
    }

    @ParameterizedTest
    @CsvSource({
        "submitted~urls, true",
        "error.kind=UNREADABLE, true",
        "error.detail~found, true",
        "host=a.example, false"
    })
    void an_unreadable_message_is_meant_by_its_body_and_its_reason(String where, boolean isMeant) {
        assertThat(decide(where, DeadLetters.quarantined("{\"urls\": [}", "body: found }")))
                .isEqualTo(
                        isMeant
                                ? new Decision.Leave(Selection.UNREADABLE, true)
                                : new Decision.Leave(Selection.NOT_MEANT, false));
    }

    @Test
    void past_the_highest_number_a_message_is_split_and_the_next_ones_stay() {
        Selection two = new Selection(Where.ALL, false, 2);
        DeadLetter three = DeadLetters.moved("https://a.example/\nhttps://b.example/\nhttps://c.example/");
        assertThat(two.decide(three)).isInstanceOfSatisfying(Decision.Send.class, send -> {
            assertThat(urls(send.entries())).containsExactly("https://a.example/", "https://b.example/");
            assertThat(urls(send.rest())).containsExactly("https://c.example/");
        });
        assertThat(two.isSpent()).isTrue();
        assertThat(two.decide(three)).isEqualTo(new Decision.Leave(Selection.BEYOND_MAX, false));
    }
}
