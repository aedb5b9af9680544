package dev.fetchline.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What must hold for any text. `-Dfetchline.seed=` replays a run.
class FetchUrlFuzzTest {
    private static final int URLS = 50_000;

    private static final List<String> WHOLE = List.of(
            "http://example.com/a/b?c=d#e",
            "https://user:hunter2@example.com:8443/",
            "HTTP://127.0.0.1:80/../x",
            "http://[2001:db8::1]:8080/%7euser",
            "http://b\u00FCcher.example/\u65E5\u672C?\u20AC",
            "http://xn--bcher-kva.example/%2e%2e/x y",
            "ftp://user:hunter2@h/x#y",
            "//h/x",
            "../g;x=1/./y",
            "http://0x7f.1/",
            "http://[fe80::1%25eth0]/");

    /// Separated by spaces; the empty one at the end stands for a space.
    private static final String[] PIECES = """
            / \\ // : @ ? # [ ] % %2 %2e %2F %41 .. /./ /../ . - _ 0 0x 127.1 1.2.3.4 :: ::ffff: 99999 :80 :443 \
            http: https:// javascript: xn-- | { ^ ' " ~ a Z \t \n \u0000 \u007F \u00AD \u00DF \u00FC \u0130 \u03A3 \
            \u05D0 \u0661 \u1E9E \u200D \u202E \u2100 \u2460 \u3002 \uD83D \uDE00 \uD83D\uDE00 \uFF0E \uFF11 \
            \uFF20 \uFFFD\s""".split(" ", -1);

    @Test
    void reads_any_text_and_what_it_reads_can_be_fetched() {
        long seed = Long.getLong("fetchline.seed", new Random().nextLong());
        System.out.println("FetchUrlFuzzTest: -Dfetchline.seed=" + seed);
        var random = new Random(seed);
        var base = (FetchUrl) FetchUrl.read("http://a/b/c/d;p?q");
        int fetchable = 0;
        for (int i = 0; i < URLS; i++) {
            var text = mutated(random);
            fetchable += check(FetchUrl.read(text), text, seed);
            check(base.resolve(text), text, seed);
            assertThat(FetchUrl.redact(text, 40).length()).isBetween(0, 40);
        }
        assertThat(fetchable).as("texts that are fetchable").isGreaterThan(URLS / 100);
    }

    private static int check(UrlReading reading, String text, long seed) {
        var fault = fault(reading);
        assertThat(fault).as("%s of %s, seed %d", reading, text, seed).isEmpty();
        return reading instanceof FetchUrl ? 1 : 0;
    }

    private static String fault(UrlReading reading) {
        return switch (reading) {
            case UrlReading.Invalid(var reason) -> reason.contains("hunter2") ? "tells a secret" : "";
            case UrlReading.Refused(var _, var refusal) -> refusal.detail().contains("hunter2") ? "tells a secret" : "";
            case FetchUrl url -> {
                if (!FetchUrl.read(url.text()).equals(url)) {
                    yield "is not canonical";
                }
                if (!url.text().matches("[!-~&&[^#\\\\]]+") || url.uri().getUserInfo() != null) {
                    yield "is not clean";
                }
                var sent = HttpRequest.newBuilder(url.uri()).build().uri();
                yield url.host().equals(sent.getHost()) ? "" : "goes to another host";
            }
        };
    }

    private static String mutated(Random random) {
        var text = new StringBuilder(WHOLE.get(random.nextInt(WHOLE.size())));
        for (int n = random.nextInt(5); n >= 0; n--) {
            int at = random.nextInt(text.length() + 1);
            int kind = random.nextInt(4);
            if (kind == 0 && at < text.length()) {
                text.deleteCharAt(at);
            } else if (kind == 1 && at < text.length()) {
                text.setCharAt(at, (char) random.nextInt(random.nextBoolean() ? 0x80 : 0x1_0000));
            } else {
                var piece = PIECES[random.nextInt(PIECES.length)];
                text.insert(at, piece.isEmpty() ? " " : piece);
            }
        }
        return text.toString();
    }
}
