package dev.fetchline.local.page;

import dev.fetchline.progress.KeySum;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A batch as one looks in the middle of its work, for people to look at; the same each time.
final class Realistic {
    static final String BATCH = "catalogue-november";

    private static final int URLS = 1_200;
    private static final List<String> HOSTS = List.of(
            "www.example.com",
            "shop.example.org",
            "docs.example.net",
            "news.example.com",
            "api.example.org",
            "static.example.net");

    private static final Map<String, String> HOST_TIMES = Map.of(
            "api.example.org", "4:4880",
            "docs.example.net", "5:2105",
            "news.example.com", "7:2072",
            "static.example.net", "6:1410",
            "shop.example.org", "9:1890");

    private Realistic() {}

    static void fill(PageStack stack) {
        Random random = new Random(7);
        List<Map<String, AttributeValue>> rows = new ArrayList<>();
        KeySum keys = KeySum.NONE;
        Map<String, Long> counts = new LinkedHashMap<>();
        int done = 0;
        Instant now = Instant.now();
        for (int index = 0; index < URLS; index++) {
            String host = HOSTS.get(Math.min(HOSTS.size() - 1, (int) (Math.abs(random.nextGaussian()) * 2.2)));
            String url = "https://%s/%s/%05d".formatted(host, random.nextBoolean() ? "products" : "articles", index);
            keys = keys.plus(url);
            if (index < URLS * 7 / 10) {
                Map<String, AttributeValue> row = row(url, random, now.minusSeconds(120 - index / 8));
                rows.add(row);
                counts.merge(row.get("status").s(), 1L, Long::sum);
                done += row.get("status").s().equals("RETRYING") ? 0 : 1;
            }
        }
        counts.remove("RETRYING");
        stack.put(rows);
        stack.putHead(BATCH, URLS, Map.of("-", keys), 0);
        putProgress(stack, counts, random, now, keys);
    }

    private static Map<String, AttributeValue> row(String url, Random random, Instant at) {
        int kind = random.nextInt(100);
        String status = kind < 90 ? "OK" : kind < 95 ? "HTTP_ERROR" : kind < 98 ? "FAILED" : "RETRYING";
        Map<String, AttributeValue> row = PageStack.row(BATCH, url, status);
        long time = 40 + (long) Math.abs(random.nextGaussian() * 300) + (url.contains("api.") ? 900 : 0);
        row.put("durationMs", PageStack.number(time));
        row.put("bodyBytes", PageStack.number(2_000 + random.nextInt(60_000)));
        row.put("fetchedAt", AttributeValue.fromS(at.toString()));
        row.put("tag", AttributeValue.fromS("nightly"));
        if (status.equals("HTTP_ERROR")) {
            row.put("httpStatus", PageStack.number(random.nextBoolean() ? 404 : 500));
            row.put("error", error("HTTP_STATUS", "the server answered with an error status"));
        }
        if (status.equals("RETRYING")) {
            row.put("httpStatus", PageStack.number(503));
            row.put(
                    "nextAttemptAt",
                    AttributeValue.fromS(
                            Instant.now().plus(Duration.ofMinutes(4)).toString()));
        }
        row.put(
                "headers",
                AttributeValue.fromM(Map.of(
                        "content-type",
                        AttributeValue.fromS("text/html; charset=utf-8"),
                        "server",
                        AttributeValue.fromS("nginx"))));
        row.put(
                "body",
                AttributeValue.fromS("<!DOCTYPE html><title>A page</title><h1>A page</h1><p>Some text of it.</p>"));
        row.put("messageId", AttributeValue.fromS("5f1c6d7e-0000-4000-8000-000000000000"));
        return row;
    }

    private static AttributeValue error(String kind, String detail) {
        return AttributeValue.fromM(Map.of("kind", AttributeValue.fromS(kind), "detail", AttributeValue.fromS(detail)));
    }

    private static void putProgress(
            PageStack stack, Map<String, Long> counts, Random random, Instant now, KeySum keys) {
        int invocations = 40;
        Map<String, Long> left = new LinkedHashMap<>(counts);
        for (int at = 0; at < invocations; at++) {
            Map<String, Long> part = new LinkedHashMap<>();
            for (Map.Entry<String, Long> status : left.entrySet()) {
                long some = at == invocations - 1
                        ? status.getValue()
                        : Math.min(
                                status.getValue(),
                                status.getValue() * 2 * random.nextInt(1, 100) / (100L * (invocations - at)));
                part.put(status.getKey(), some);
                status.setValue(status.getValue() - some);
            }
            stack.putProgress(
                    BATCH,
                    now.minusSeconds(3L * (invocations - at) - 2),
                    "r" + at,
                    part,
                    Map.of("-", KeySum.NONE),
                    HOST_TIMES);
        }
    }
}
