package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.intake.BatchReader;
import dev.fetchline.intake.Unreadable;
import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.Records;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoPlanTest {
    private static final DeadLetter LETTER = new DeadLetter("m", "because", "{");

    private DemoWeb web;
    private DemoPlan plan;

    @BeforeEach
    void start() {
        web = DemoWeb.start();
        plan = DemoPlan.of(web);
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void every_readable_item_is_expected_and_nothing_else() {
        List<OutgoingMessage> messages = plan.outgoing();
        List<String> ids = messages.stream().map(message -> "id").toList();
        assertThat(ExpectedRecords.of(messages, ids).unfinished(List.of()))
                .containsExactlyInAnyOrderElementsOf(plan.expected().stream()
                        .map(DemoPlan.Expected::submitted)
                        .toList());
        assertThat(messages)
                .filteredOn(message -> BatchReader.read(message.body(), "id") instanceof Unreadable)
                .hasSize(plan.quarantined());
    }

    @Test
    void records_as_expected_have_no_fault() {
        assertThat(plan.faults(asExpected(), List.of(LETTER))).isEmpty();
    }

    @Test
    void every_deviation_is_a_fault() {
        List<FetchRecord> wrong = asExpected();
        wrong.set(0, Records.of("b", web.url("/slow/1"), "FAILED"));
        wrong.removeLast();
        assertThat(plan.faults(wrong, List.of()))
                .containsExactly(
                        "the record of " + web.url("/slow/1") + " is FAILED, expected was OK.",
                        "the record of http://169.254.169.254/latest/meta-data/ is missing, expected was REFUSED.",
                        "there are 12 records, expected were 13.",
                        "0 messages are on the dead-letter queue, expected was 1.");
    }

    @Test
    void pages_are_of_every_temper() throws IOException, InterruptedException {
        assertThat(get("/fast").statusCode()).isEqualTo(200);
        assertThat(get("/missing").statusCode()).isEqualTo(404);
        assertThat(get("/moved").headers().firstValue("Location")).contains("/fast");
        assertThat(get("/busy").headers().firstValue("Retry-After")).contains("1");
        assertThat(get("/busy").statusCode()).isEqualTo(200);
        try (InputStream body = new GZIPInputStream(get("/compressed").body())) {
            assertThat(body.readAllBytes()).asString().contains("compressed");
        }
        try (InputStream body = get("/endless").body()) {
            assertThat(body.readNBytes(3_000_000)).hasSize(3_000_000);
        }
    }

    private HttpResponse<InputStream> get(String path) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        return client.send(
                HttpRequest.newBuilder(URI.create(web.url(path))).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private List<FetchRecord> asExpected() {
        return new ArrayList<>(plan.expected().stream()
                .map(each -> Records.of("b", each.submitted(), each.status()))
                .toList());
    }
}
