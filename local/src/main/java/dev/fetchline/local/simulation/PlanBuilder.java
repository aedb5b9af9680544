package dev.fetchline.local.simulation;

import dev.fetchline.local.simulation.Plan.Entry;
import dev.fetchline.local.simulation.Plan.Kind;
import dev.fetchline.local.simulation.Plan.Submission;
import dev.fetchline.local.simulation.SimulatedNames.Host;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Puts a plan together, piece by piece.
final class PlanBuilder {
    private final SplittableRandom random;
    private final List<Submission> submissions = new ArrayList<>();
    private final Map<String, Page> pages = new LinkedHashMap<>();
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private Duration timeout = Duration.ofMinutes(2);
    private int batchMax = 10;
    private int count;
    private @Nullable String onlyHost;

    PlanBuilder(SplittableRandom random) {
        this.random = random;
        settings.put("RESULTS_TABLE", "results");
        settings.put("SOURCE_QUEUE_URL", "https://sqs.invalid/fetch");
        settings.put("DEAD_LETTER_QUEUE_URL", "https://sqs.invalid/dead");
    }

    PlanBuilder timeout(Duration time) {
        timeout = time;
        return this;
    }

    PlanBuilder batchMax(int messages) {
        batchMax = messages;
        return this;
    }

    PlanBuilder set(String name, int value) {
        settings.put(name, Integer.toString(value));
        return this;
    }

    /// All pages that follow are on this one host.
    PlanBuilder onHost(String host) {
        onlyHost = host;
        return this;
    }

    List<Submission> submissions() {
        return submissions;
    }

    PlanBuilder submit(Submission submission) {
        submissions.add(submission);
        return this;
    }

    PlanBuilder unreadable(long atNanos, String body) {
        return submit(new Submission(atNanos, Kind.UNREADABLE, body, null, List.of()));
    }

    /// A message that pretends to be a deferral of ours.
    PlanBuilder forged(long atNanos) {
        String url = random.nextInt(3) == 0
                ? "https://" + hostFor(Manner.DENIED) + "/f"
                : "https://" + hostFor(Manner.GOOD) + "/f";
        String numbers = List.of(
                        "\"made\":-5",
                        "\"made\":999999,\"granted\":999999",
                        "\"made\":99999999999999999999",
                        "\"made\":0,\"notBefore\":253402300799999",
                        "\"made\":1,\"granted\":1,\"notBefore\":1")
                .get(random.nextInt(5));
        long requestedAt = random.nextBoolean() ? 1 : 253402300799999L;
        String body = random.nextInt(5) == 0
                ? "{\"v\":99,\"parts\":\"new\"}"
                : "{\"v\":1,\"parts\":[{\"batchId\":\"b%d\",\"messageId\":\"m\",\"requestedAt\":%d,\"firstSeenAt\":%d,\"hop\":%d,\"items\":[{\"item\":\"%s%d\",%s}]}]}"
                        .formatted(
                                random.nextInt(3),
                                requestedAt,
                                requestedAt,
                                random.nextInt(1_000_000),
                                url,
                                ++count,
                                numbers);
        return submit(new Submission(atNanos, Kind.FORGED, body, null, List.of()));
    }

    PlanBuilder message(long atNanos, @Nullable String batchId, List<Entry> entries) {
        StringBuilder body =
                new StringBuilder(batchId == null ? "{\"urls\":[" : "{\"batchId\":\"" + batchId + "\",\"urls\":[");
        for (int i = 0; i < entries.size(); i++) {
            body.append(i == 0 ? "" : ",").append(entries.get(i).submitted());
        }
        return submit(
                new Submission(atNanos, Kind.READABLE, body.append("]}").toString(), batchId, List.copyOf(entries)));
    }

    /// A new URL with a server that behaves so.
    Entry entry(Manner manner) {
        return entry(
                manner,
                1 + random.nextInt(4),
                random.nextLong(Duration.ofHours(3).toNanos()));
    }

    /// As [#entry(Manner)].
    ///
    /// @param number of bad answers or hops
    /// @param goodFrom when its weather ends
    Entry entry(Manner manner, int number, long goodFrom) {
        if (manner == Manner.NO_FETCH) {
            return noFetch();
        }
        String host = hostFor(manner);
        String url = "https://" + host + "/p" + ++count;
        List<String> others = new ArrayList<>();
        int bodyBytes = manner == Manner.TOO_BIG ? 40_000 : random.nextInt(3_000);
        switch (manner) {
            case REDIRECTED -> {
                for (int i = 0; i < number; i++) {
                    others.add("https://" + hostFor(Manner.GOOD) + "/p" + count + "/hop" + i);
                }
            }
            case LOOPING -> others.addAll(List.of(url + "/there", url));
            case LURING -> {
                String denied = hostFor(Manner.DENIED);
                others.add(random.nextBoolean() ? "https://" + denied + "/secret" : "http://169.254.169.254/p" + count);
            }
            default -> {}
        }
        Page page = new Page(url, host, manner, number, goodFrom, bodyBytes, others);
        pages.put(url, page);
        others.forEach(other -> pages.put(other, page));
        return new Entry(submitted(url), url, page);
    }

    private String submitted(String url) {
        // Another spelling of the same URL now and then.
        String text = random.nextInt(10) == 0 ? url.replace("https://", "HTTPS://") + "#part" : url;
        return switch (random.nextInt(6)) {
            case 0 -> "{\"url\":\"" + text + "\",\"tag\":\"t" + count + "\"}";
            case 1 -> "{\"url\":\"" + text + "\",\"headers\":{\"x-sim\":\"" + count + "\"}}";
            default -> "\"" + text + "\"";
        };
    }

    private Entry noFetch() {
        int kind = random.nextInt(4);
        String text = "no url " + ++count;
        return switch (kind) {
            case 0 -> new Entry("\"" + text + "\"", "invalid:sha256=" + sha256(text), null);
            case 1 -> new Entry(Integer.toString(count), "invalid:sha256=" + sha256(Integer.toString(count)), null);
            case 2 -> new Entry("\"ftp://h.example/" + count + "\"", "ftp://h.example/" + count, null);
            default -> new Entry("\"http://10.1.2.3/" + count + "\"", "http://10.1.2.3/" + count, null);
        };
    }

    private String hostFor(Manner manner) {
        Host how = switch (manner) {
            case DENIED -> List.of(Host.DENIED, Host.METADATA, Host.MIXED).get(random.nextInt(3));
            case REBOUND -> Host.REBINDING;
            case UNKNOWN -> Host.UNKNOWN;
            default -> Host.GOOD;
        };
        String host = how == Host.GOOD && onlyHost != null
                ? onlyHost
                : how.name().toLowerCase(java.util.Locale.ROOT) + random.nextInt(4) + ".example";
        hosts.put(host, how);
        return host;
    }

    static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Plan build() {
        List<Submission> inOrder = submissions.stream()
                .sorted(Comparator.comparingLong(Submission::atNanos))
                .toList();
        return new Plan(inOrder, pages, hosts, settings, new Mapping.Scale(timeout, batchMax));
    }
}
