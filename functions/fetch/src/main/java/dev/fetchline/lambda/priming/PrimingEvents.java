package dev.fetchline.lambda.priming;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What priming has the function work on.
final class PrimingEvents {
    private static final int MESSAGES = 20;

    private static final List<String> PATHS =
            List.of("/page", "/page", "/json", "/gzip", "/gzip", "/latin", "/large", "/image", "/chunked", "/moved");

    private final String plain;
    private final String secure;
    private final String untrusted;
    private final String unanswered;

    PrimingEvents(PrimingWeb web) {
        plain = "127.0.0.1:" + web.plain().port();
        secure = "127.0.0.1:" + web.secure().port();
        untrusted = "127.0.0.1:" + web.untrusted().port();
        unanswered = "127.0.0.1:" + web.unanswered().getLocalPort();
    }

    /// An event as Lambda hands it over.
    ///
    /// @param urls in it
    record Event(String json, int urls) {}

    /// What events are made of mostly: pages, half of them over new TLS connections.
    Event plain(int round) {
        return event(round, new ArrayList<>());
    }

    /// The same, and what goes wrong.
    Event withFaults(int round) {
        List<String> messages = new ArrayList<>();
        messages.add(message(round, "faults", 1, faults()));
        messages.add(message(round, "again", 2, urls(round, 99)));
        messages.add(message(round, "unreadable", 1, List.of("\"", "]")));
        return event(round, messages);
    }

    private Event event(int round, List<String> messages) {
        IntStream.range(0, MESSAGES).forEach(i -> messages.add(message(round, "m" + i, 1, urls(round, i))));
        return new Event("{\"Records\":[" + String.join(",", messages) + "]}", messages.size() * PATHS.size());
    }

    private List<String> urls(int round, int message) {
        boolean tls = message % 2 == 1;
        return IntStream.range(0, PATHS.size())
                .mapToObj(i -> "\"%s%s?%d-%d-%d\""
                        .formatted(
                                tls ? "https://" + secure : "http://" + plain,
                                tls ? "/once" : PATHS.get(i),
                                round,
                                message,
                                i))
                .toList();
    }

    private List<String> faults() {
        return List.of(
                "\"http://" + plain + "/missing\"",
                "\"http://" + plain + "/away\"",
                "\"http://" + plain + "/broken\"",
                "\"http://" + plain + "/busy\"",
                "\"http://" + plain + "/hangs-up\"",
                "\"http://" + plain + "/no-http\"",
                "\"http://" + plain + "/cut-off\"",
                "{\"url\":\"http://" + plain + "/silent\",\"timeoutMs\":100}",
                "{\"url\":\"http://" + plain + "/page?\",\"maxBodyBytes\":100,\"headers\":{\"Accept\":\"text/html\"}}",
                "\"http://" + unanswered + "/\"",
                "\"https://" + plain + "/\"",
                "\"https://" + untrusted + "/page\"",
                "\"http://name.invalid/\"",
                "\"http://192.0.2.1/\"",
                "\"https://user:secret@name.invalid/\"",
                "\"no URL\"");
    }

    private static String message(int round, String name, int receives, List<String> urls) {
        String body = urls.stream().collect(Collectors.joining(",", "{\"batchId\":\"priming\",\"urls\":[", "]}"));
        return """
                {"messageId":"priming-%d-%s","receiptHandle":"priming","body":"%s","attributes":\
                {"ApproximateReceiveCount":"%d","SentTimestamp":"1767225600000"},"messageAttributes":{}}""".formatted(
                        round, name, new String(JsonStringEncoder.getInstance().quoteAsString(body)), receives);
    }
}
