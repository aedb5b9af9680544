package dev.fetchline.local.simulation;

import dev.fetchline.local.simulation.Reply.Answer;
import dev.fetchline.local.simulation.Reply.Ending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/// All servers of the world.
final class SimulatedWeb {
    private static final byte[] NOTHING = new byte[0];

    private final World world;
    private final SplittableRandom random;
    private final Map<String, Page> pages;
    private final Map<String, Integer> requests = new HashMap<>();

    /// @param pages by URL, those of redirects included
    SimulatedWeb(World world, SplittableRandom random, Map<String, Page> pages) {
        this.world = world;
        this.random = random;
        this.pages = pages;
    }

    Reply replyTo(String url, String method) {
        Page page = pages.get(url);
        if (page == null) {
            return Answer.of(quick(), 404, text(), NOTHING);
        }
        int earlier = requests.merge(page.url(), 1, Integer::sum) - 1;
        return switch (page.manner()) {
            case GOOD -> good(page, quick(), method);
            case SLOW -> good(page, random.nextLong(1, 1_500) * 1_000_000, method);
            case COMPRESSED -> compressed(page);
            case REDIRECTED -> hop(page, url, method);
            case NOT_FOUND -> Answer.of(quick(), 404, text(), page.body());
            case TOO_BIG -> new Answer(quick(), 200, text(), ByteBuffer.wrap(page.body()), 0, 8 * 1024, Ending.WHOLE);
            case EMPTY -> Answer.of(quick(), 204, Map.of(), NOTHING);
            case BROKEN -> serverError();
            case NEVER_READY -> wait(429 + 74 * random.nextInt(2));
            case TELLS_TO_WAIT ->
                earlier < page.number() ? wait(earlier % 2 == 0 ? 503 : 429) : good(page, quick(), method);
            case WEATHERED -> world.agenda().now() < page.goodFrom() ? bad(page) : good(page, quick(), method);
            case FLAKY -> random.nextInt(3) == 0 ? bad(page) : good(page, quick(), method);
            case BLACK_HOLE -> silence();
            case REFUSING -> refusal();
            case CUT_SHORT -> cut(page, Ending.RESET);
            case STALLING -> cut(page, Ending.STALL);
            case LOOPING, LURING -> hop(page, url, method);
            // None of these is to be reached; whoever does gets an answer, and the checker sees the request.
            case DENIED, REBOUND, UNKNOWN, NO_FETCH -> good(page, quick(), method);
        };
    }

    private long quick() {
        return random.nextLong(500_000, 300_000_000);
    }

    private Reply good(Page page, long headNanos, String method) {
        return Answer.of(headNanos, 200, text(), method.equals("HEAD") ? NOTHING : page.body());
    }

    private Reply compressed(Page page) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(page.body());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        Map<String, List<String>> headers = new TreeMap<>(text());
        headers.put("content-encoding", List.of("gzip"));
        return new Answer(quick(), 200, headers, ByteBuffer.wrap(bytes.toByteArray()), 0, 512, Ending.WHOLE);
    }

    /// From the page to its first other URL, from there to the next; the last one is good.
    private Reply hop(Page page, String url, String method) {
        int next = (page.others().indexOf(url) + 1) % (page.manner() == Manner.LOOPING ? 2 : Integer.MAX_VALUE);
        if (next >= page.others().size()) {
            return good(page, quick(), method);
        }
        int[] statuses = {301, 302, 303, 307, 308};
        return Answer.of(
                quick(),
                statuses[random.nextInt(statuses.length)],
                Map.of("location", List.of(page.others().get(next))),
                NOTHING);
    }

    private Reply bad(Page page) {
        return switch (random.nextInt(7)) {
            case 0 -> serverError();
            case 1 -> wait(503);
            case 2 -> wait(429);
            case 3 -> silence();
            case 4 -> refusal();
            case 5 -> cut(page, Ending.RESET);
            default -> cut(page, Ending.STALL);
        };
    }

    private Reply silence() {
        world.faults().count(Fault.SERVER_SILENT);
        return new Reply.Silence();
    }

    private Reply refusal() {
        world.faults().count(Fault.CONNECTION_REFUSED);
        IOException how = random.nextBoolean() ? new ConnectException("refused") : new IOException("reset");
        return new Reply.Failure(quick(), how);
    }

    private Reply cut(Page page, Ending ending) {
        world.faults().count(Fault.RESPONSE_CUT);
        byte[] part = java.util.Arrays.copyOf(page.body(), page.bodyBytes() / 2);
        return new Answer(quick(), 200, text(), ByteBuffer.wrap(part), quick(), 4 * 1024, ending);
    }

    private Reply serverError() {
        world.faults().count(Fault.SERVER_ERROR);
        int[] statuses = {500, 502, 503, 504, 408, 425};
        return Answer.of(quick(), statuses[random.nextInt(statuses.length)], text(), NOTHING);
    }

    private Reply wait(int status) {
        world.faults().count(Fault.TOLD_TO_WAIT);
        return Answer.of(quick(), status, Map.of("retry-after", List.of(retryAfter())), NOTHING);
    }

    private String retryAfter() {
        Instant when = Instant.ofEpochMilli(world.wallMillis()).plus(Duration.ofSeconds(random.nextLong(400)));
        return switch (random.nextInt(8)) {
            case 0 -> date("EEE, dd MMM uuuu HH:mm:ss 'GMT'", when);
            case 1 -> date("EEEE, dd-MMM-uu HH:mm:ss 'GMT'", when);
            case 2 -> date("EEE MMM ppd HH:mm:ss uuuu", when);
            case 3 -> "soon";
            case 4 -> "99999999999999999999";
            case 5 -> "86400";
            default -> Integer.toString(random.nextInt(200));
        };
    }

    private static String date(String pattern, Instant when) {
        return DateTimeFormatter.ofPattern(pattern, Locale.US)
                .withZone(ZoneOffset.UTC)
                .format(when);
    }

    private static Map<String, List<String>> text() {
        return Map.of("content-type", List.of("text/plain; charset=utf-8"));
    }
}
