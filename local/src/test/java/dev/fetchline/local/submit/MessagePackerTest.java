package dev.fetchline.local.submit;

import static dev.fetchline.local.submit.Submissions.read;
import static dev.fetchline.local.submit.Submissions.received;
import static dev.fetchline.local.submit.Submissions.sent;
import static dev.fetchline.local.submit.Submissions.settings;
import static dev.fetchline.local.submit.Submissions.text;
import static dev.fetchline.local.submit.Submissions.urls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.intake.BatchItem;
import dev.fetchline.intake.Earlier;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.local.submit.MessageFile.OutgoingUrls;
import dev.fetchline.pipeline.FetchPipeline;
import dev.fetchline.progress.BatchPart;
import dev.fetchline.progress.KeySum;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessagePackerTest {
    @TempDir
    Path directory;

    @Test
    void a_message_has_urls_of_one_registrable_host_and_at_most_so_many() {
        String lines = IntStream.range(0, 1_000)
                        .mapToObj(i -> "http://w%d.site%d.example.com/%d".formatted(i % 3, i % 7, i))
                        .collect(Collectors.joining("\n"))
                + "\nhttp://192.0.2.1/\nhttp://other.example/";
        try (Submission submission = read(settings("b", 40), directory, text("u.txt", lines))) {
            Submission.Packed packed = submission.pack(true);
            List<OutgoingUrls> messages = sent(packed);
            assertThat(messages).allSatisfy(message -> {
                assertThat(message.urls())
                        .isBetween(1, 40)
                        .isEqualTo(received(message).items().size());
                assertThat(hostsOf(message)).containsExactly(message.group());
            });
            assertThat(packed.urls()).isEqualTo(1_002);
            assertThat(packed.hosts()).isEqualTo(3);
            // 1,000 by 40, and one for each of the others.
            assertThat(packed.messageCount()).isEqualTo(27);
            assertThat(new HashSet<>(urls(messages))).hasSize(1_002);
        }
    }

    private static Set<String> hostsOf(OutgoingUrls message) {
        return urls(List.of(message)).stream()
                .map(url -> RegistrableHost.of(((FetchUrl) FetchUrl.read(url)).host()))
                .collect(Collectors.toSet());
    }

    @Test
    void spellings_of_one_url_are_sent_once_in_canonical_form() {
        String lines = "HTTP://A.example:80/b/../c#x\nhttp://a.example/c\nhttp://a.example./%63\nhttp://a.example/C";
        try (Submission submission = read(settings("b", 10), directory, text("u.txt", lines))) {
            Submission.Packed packed = submission.pack(true);
            assertThat(urls(sent(packed))).containsExactly("http://a.example/c", "http://a.example/C");
            assertThat(packed.duplicates()).isEqualTo(2);
        }
    }

    @Test
    void what_came_of_a_url_before_goes_along() {
        String line = "{\"url\":\"http://a.example/\",\"earlier\":{\"status\":\"FAILED\",\"attempts\":2,\"times\":1}}";
        try (Submission submission = read(settings("b", 10), directory, text("m.jsonl", line))) {
            assertThat(Submissions.items(sent(submission.pack(true))))
                    .singleElement()
                    .extracting(FetchItem::earlier)
                    .isEqualTo(new Earlier("FAILED", null, null, 2, null, 1));
        }
    }

    @Test
    void the_same_url_with_another_method_is_another_key() {
        String lines = "\"http://a.example/\"\n{\"url\":\"http://a.example/\",\"method\":\"HEAD\"}\n"
                + "{\"url\":\"http://a.example/\",\"tag\":\"later\"}";
        try (Submission submission = read(settings("b", 10), directory, text("m.jsonl", lines))) {
            Submission.Packed packed = submission.pack(true);
            assertThat(packed.urls()).isEqualTo(2);
            assertThat(packed.duplicates()).isEqualTo(1);
            // The first one's options win, as in the function.
            assertThat(Submissions.items(sent(packed)))
                    .allSatisfy(item -> assertThat(item.tag()).isNull());
        }
    }

    @Test
    void a_large_batch_is_split_by_host_and_the_head_knows_the_keys_of_each_part() {
        String lines = IntStream.range(0, 12_000)
                .mapToObj(i -> i % 100 == 0
                        ? "https://long.example/%d/%s".formatted(i, "p".repeat(1_100))
                        : "https://h%d.example/%d".formatted(i % 50, i))
                .collect(Collectors.joining("\n"));
        try (Submission submission = read(settings("big", 50), directory, text("u.txt", lines))) {
            Submission.Packed packed = submission.pack(true);
            assertThat(packed.parts().count()).isEqualTo(3);
            Map<String, KeySum> keys = new HashMap<>();
            packed.parts().names().forEach(part -> keys.put(part, KeySum.NONE));
            for (OutgoingUrls message : sent(packed)) {
                String partition = received(message).batchId();
                String part = BatchPart.of(partition).name();
                for (BatchItem item : received(message).items()) {
                    // As the function itself will have it.
                    keys.merge(
                            part, KeySum.of(FetchPipeline.keyOf(partition, item).url()), KeySum::plus);
                }
                for (String url : urls(List.of(message))) {
                    assertThat(packed.parts().partOf(((FetchUrl) FetchUrl.read(url)).host()))
                            .isEqualTo(part);
                }
            }
            assertThat(packed.keys()).isEqualTo(keys);
            assertThat(packed.keys().keySet())
                    .containsExactlyElementsOf(packed.parts().names());
        }
    }

    @Test
    void where_nothing_can_tell_the_parts_a_large_batch_stays_whole() {
        String lines = IntStream.range(0, 10_001)
                .mapToObj(i -> "http://a.example/" + i)
                .collect(Collectors.joining("\n"));
        try (Submission submission = read(settings("b", 500), directory, text("u.txt", lines))) {
            Submission.Packed packed = submission.pack(false);
            assertThat(packed.parts().count()).isZero();
            assertThat(sent(packed))
                    .allSatisfy(
                            message -> assertThat(received(message).batchId()).isEqualTo("b"));
        }
    }

    @Test
    void ten_thousand_are_one_part_and_one_more_are_three() {
        for (int urls : new int[] {10_000, 10_001}) {
            String lines = IntStream.range(0, urls)
                    .mapToObj(i -> "http://a.example/" + i)
                    .collect(Collectors.joining("\n"));
            try (Submission submission = read(settings("b", 500), directory, text("u.txt", lines))) {
                assertThat(submission.pack(true).parts().count()).isEqualTo(urls == 10_000 ? 0 : 3);
            }
        }
    }

    @Test
    void hosts_alternate_even_where_the_input_is_sorted_by_host() {
        String lines = IntStream.range(0, 4_000)
                .mapToObj(i -> "http://host%d.example/%d".formatted(i / 1_000, i))
                .collect(Collectors.joining("\n"));
        try (Submission submission = read(settings("b", 10), directory, text("u.txt", lines))) {
            List<String> groups = sent(submission.pack(true)).stream()
                    .map(OutgoingUrls::group)
                    .toList();
            assertThat(groups).hasSize(400);
            for (int i = 0; i + 4 <= groups.size(); i += 4) {
                assertThat(groups.subList(i, i + 4)).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void hosts_of_one_message_keep_their_order() {
        String lines = IntStream.range(0, 300)
                .mapToObj(i -> "http://host%d.example/".formatted(i))
                .collect(Collectors.joining("\n"));
        try (Submission submission = read(settings("b", 10), directory, text("u.txt", lines))) {
            assertThat(urls(sent(submission.pack(true))))
                    .isEqualTo(lines.lines().toList());
        }
    }

    @Test
    void size_ends_a_message_before_its_number_does() {
        String lines = IntStream.range(0, 400)
                .mapToObj(i -> "http://a.example/%d/%s".formatted(i, "x".repeat(8_000)))
                .collect(Collectors.joining("\n"));
        try (Submission submission = read(settings("b", 10_000), directory, text("u.txt", lines))) {
            List<OutgoingUrls> messages = sent(submission.pack(true));
            assertThat(messages)
                    .hasSize(4)
                    .allSatisfy(message -> assertThat(message.body().length()).isLessThanOrEqualTo(1_048_576));
            assertThat(messages.stream().mapToInt(OutgoingUrls::urls).max().orElse(0))
                    .isGreaterThan(129);
        }
    }

    @Test
    void the_same_input_makes_the_same_messages_and_another_does_not() {
        String lines = "http://a.example/\nhttp://b.example/\nhttp://a.example/2";
        String first = fingerprint(settings("b", 10), lines);
        assertThat(fingerprint(settings("b", 10), lines)).isEqualTo(first);
        assertThat(fingerprint(settings("b", 10), "# a comment\n" + lines)).isEqualTo(first);
        assertThat(fingerprint(settings("b", 1), lines)).isNotEqualTo(first);
        assertThat(fingerprint(settings("c", 10), lines)).isNotEqualTo(first);
        assertThat(fingerprint(settings("b", 10), lines + "3")).isNotEqualTo(first);
    }

    private String fingerprint(SubmitSettings settings, String lines) {
        try (Submission submission = read(settings, directory, text("u.txt", lines))) {
            return submission.pack(true).messages().fingerprint();
        }
    }

    @Test
    void nothing_is_left_on_the_disk() {
        try (Submission submission = read(settings("b", 10), directory, text("u.txt", "http://a.example/"))) {
            assertThat(submission.pack(true).urls()).isEqualTo(1);
        }
        assertThat(directory).isEmptyDirectory();
    }
}
