package dev.fetchline.local.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a program is given to do, the same for each: URLs in events, and the web that they point to.
///
/// @param name as on the command line
/// @param bodyBytes of each page
/// @param tls whether each URL is a new TLS connection
/// @param inFlight requests at once
/// @param perHost requests at once to one host
/// @param hosts how many host names there are; 0 for the literal 127.0.0.1
/// @param latencyMillis of each answer
/// @param stragglersFrom the first URL of the event in which one answer of a hundred is late; -1 for none
/// @param memoryMb of the environment; 0 for what the template has
/// @param events URLs of each
/// @param early window of a new process; null where it is not looked at
/// @param steady window of a process that is warm; null where it is not looked at
/// @param coldUrls how many URLs count as the start; 0 where it is not looked at
/// @param memoryFrom at how many URLs the resident size is read first; 0 where it is not looked at
record Work(
        String name,
        String description,
        int bodyBytes,
        boolean tls,
        int inFlight,
        int perHost,
        int hosts,
        int latencyMillis,
        int stragglersFrom,
        int memoryMb,
        List<Integer> events,
        @Nullable Window early,
        @Nullable Window steady,
        int coldUrls,
        int memoryFrom) {
    /// URLs of a message.
    static final int URLS_PER_MESSAGE = 10;

    /// What a late answer takes.
    static final int STRAGGLER_MILLIS = 10_000;

    private static final int ONE_IN = 100;
    private static final int ITS_PLACE = 37;

    /// All URLs of all events.
    int urls() {
        return events.stream().mapToInt(Integer::intValue).sum();
    }

    /// How often it is done where all are asked for so many rounds: a million URLs are a mean in themselves.
    int rounds(int asked) {
        return memoryFrom > 0 ? 1 : asked;
    }

    /// The batchId of the message that a URL is in.
    static String batchId(int number) {
        return "bench-" + number / URLS_PER_MESSAGE;
    }

    /// The number at the end of a URL; -1 where there is none.
    static int numberOf(String url) {
        int from = url.length();
        while (from > 0 && Character.isDigit(url.charAt(from - 1))) {
            from--;
        }
        return from == url.length() || url.length() - from > 9 ? -1 : Integer.parseInt(url.substring(from));
    }

    /// How long the web waits before it answers.
    long delayMillis(int number) {
        return isStraggler(number) ? STRAGGLER_MILLIS : latencyMillis;
    }

    private boolean isStraggler(int number) {
        return stragglersFrom >= 0 && number >= stragglersFrom && number % ONE_IN == ITS_PLACE;
    }

    /// The host of a URL.
    String host(int number) {
        return hosts == 0 ? "127.0.0.1" : hostName(number % hosts);
    }

    private static String hostName(int host) {
        return "h%04d.bench.test".formatted(host);
    }

    /// The address of each host name: one of its own, for a pool that goes by addresses to see as many hosts as one
    /// that
    /// goes by names.
    Map<String, String> addresses() {
        return IntStream.range(0, hosts)
                .boxed()
                .collect(Collectors.toMap(Work::hostName, host -> "127.1.%d.%d".formatted(host / 250, 1 + host % 250)));
    }

    /// The bodies of the messages of an event.
    ///
    /// @param first number of the event's first URL
    List<String> bodies(int first, int count, int port) {
        return IntStream.range(0, (count + URLS_PER_MESSAGE - 1) / URLS_PER_MESSAGE)
                .map(message -> first + message * URLS_PER_MESSAGE)
                .mapToObj(from -> body(from, Math.min(from + URLS_PER_MESSAGE, first + count), port))
                .toList();
    }

    private String body(int from, int to, int port) {
        return IntStream.range(from, to)
                .mapToObj(number -> "%s://%s:%d/pages/%d".formatted(tls ? "https" : "http", host(number), port, number))
                .collect(Collectors.joining("\",\"", "{\"batchId\":\"" + batchId(from) + "\",\"urls\":[\"", "\"]}"));
    }
}
