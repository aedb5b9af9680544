package dev.fetchline.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Valid bodies, damaged at random: whatever comes of them, the reader holds its promises. A failure prints the seed
/// and the body; add the seed to the list to keep it.
class MutatedBodiesTest {
    private static final int MUTATIONS = 20_000;

    private static final List<String> BODIES = List.of(
            "https://example.com/a\r\n# comment\n\nhttps://example.org/b\n",
            "\"https://example.com/\\u00e9\"",
            "[\"https://example.com/\", {\"url\": \"https://example.org/\", \"tag\": \"t\"}, 5, null, [[]]]",
            "{\"batchId\": \"b\", \"urls\": [\"https://example.com/\", {\"url\": \"x\", \"timeoutMs\": 5}],"
                    + " \"defaults\": {\"method\": \"HEAD\", \"headers\": {\"Accept\": \"a\", \"X-Y\": \"z\"}}}",
            "{\"url\": \"https://example.com/\", \"method\": \"GET\", \"headers\": {\"A\": \"b\"}, \"timeoutMs\": 1,"
                    + " \"maxBodyBytes\": 2, \"followRedirects\": true, \"tag\": \"\\ud83d\\ude00\"}",
            "{\"Type\": \"Notification\", \"Message\": \"{\\\"urls\\\": [\\\"https://example.com/\\\"]}\", \"Subject\": \"s\"}",
            "{\"v\":1,\"parts\":["
                    + DeferralFormsTest.part("{\"item\":\"https://example.com/\"},{\"item\":{\"url\":\"x\","
                            + "\"headers\":{\"A\":\"b\"},\"tag\":\"t\"},\"made\":2,\"granted\":1,\"notBefore\":3}")
                    + "]}",
            "{\"v\":1,\"parts\":["
                    + DeferralFormsTest.part("{\"invalid\":{\"sha256\":\"" + "0".repeat(64)
                            + "\",\"text\":\"t\",\"reason\":\"r: found a, expected b\"},\"made\":1,\"last\":{\"httpStatus\":503,"
                            + "\"kind\":\"DNS\",\"detail\":\"\\ud83d\\ude00\"}}")
                    + "]}");

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ",",
            ":",
            "\\",
            "\\u0000",
            "\\ud800",
            "\\udc00",
            "\ud800",
            "\udc00",
            "\u0000",
            "\n",
            "\r",
            "\t",
            " ",
            "\uFEFF",
            "\u202e",
            "\u2028",
            "null",
            "true",
            "-",
            "1e999",
            "9".repeat(101),
            "a".repeat(300),
            "é".repeat(5_000),
            "[".repeat(10),
            "\"url\":",
            "\"urls\":",
            "\"Type\":\"Notification\",",
            "\"tag\":",
            "\"v\":1,",
            "\"item\":",
            "\"made\":",
            "99999999999999999999",
            "NaN");

    @ParameterizedTest
    @ValueSource(longs = {1, 20_260_101})
    void keep_every_promise(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < MUTATIONS; i++) {
            String body = BODIES.get(random.nextInt(BODIES.size()));
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                body = mutate(body, random);
            }
            try {
                check(body);
            } catch (Throwable failure) {
                throw new AssertionError("seed %d, mutation %d, body: %s".formatted(seed, i, body), failure);
            }
        }
    }

    private static String mutate(String body, Random random) {
        int from = random.nextInt(body.length() + 1);
        int to = Math.min(body.length(), from + random.nextInt(8));
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        return switch (random.nextInt(5)) {
            case 0 -> body.substring(0, from);
            case 1 -> body.substring(0, from) + body.substring(to);
            case 2 -> body.substring(0, from) + piece + body.substring(to);
            case 3 -> body.substring(0, to) + body.substring(from);
            default -> body.substring(0, from) + piece + body.substring(from);
        };
    }

    private static void check(String body) {
        switch (BatchReader.read(body, "message-1")) {
            case Unreadable unreadable -> checkReason(unreadable.reason());
            case UnknownVersion unknown -> checkReason(unknown.reason());
            case Deferral deferral -> deferral.items().forEach(MutatedBodiesTest::check);
            case FetchBatch batch -> {
                checkStorable(batch.batchId());
                batch.items().forEach(MutatedBodiesTest::check);
            }
        }
    }

    private static void check(DeferredItem item) {
        checkStorable(item.batchId());
        checkStorable(item.origin().messageId());
        Progress progress = item.progress();
        assertThat(progress.waitsGranted()).isBetween(0, progress.triesMade());
        assertThat(progress.hop()).isBetween(0, 1_000_000);
        if (progress.last() != null && progress.last().detail() != null) {
            checkStorable(progress.last().detail());
        }
        switch (item.entry()) {
            // Its reason came with it, and may say anything.
            case InvalidItem invalid -> {
                checkStorable(invalid.reason());
                assertThat(invalid.sha256()).matches("[0-9a-f]{64}");
                checkUtf8(invalid.text());
            }
            case FetchItem fetch -> check(fetch);
        }
    }

    private static void check(BatchItem item) {
        switch (item) {
            case InvalidItem invalid -> {
                checkReason(invalid.reason());
                assertThat(invalid.sha256()).hasSize(64);
                checkUtf8(invalid.text());
            }
            case FetchItem fetch -> {
                assertThat(fetch.url()).isNotEmpty();
                checkStorable(fetch.url());
                assertThat(fetch.url().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(8_192);
                if (fetch.tag() != null) {
                    checkStorable(fetch.tag());
                }
            }
        }
    }

    private static void checkReason(String reason) {
        assertThat(reason).isNotBlank().hasSizeLessThanOrEqualTo(500).contains(": found ", ", expected ");
        checkStorable(reason);
    }

    private static void checkStorable(String text) {
        assertThat(text.chars().noneMatch(Character::isISOControl)).as(text).isTrue();
        checkUtf8(text);
    }

    private static void checkUtf8(String text) {
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).as(text).isTrue();
    }
}
