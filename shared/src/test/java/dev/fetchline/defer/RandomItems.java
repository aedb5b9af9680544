package dev.fetchline.defer;

import dev.fetchline.intake.BatchItem;
import dev.fetchline.intake.DeferredItem;
import dev.fetchline.intake.Earlier;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.InvalidItem;
import dev.fetchline.intake.Origin;
import dev.fetchline.intake.Progress;
import dev.fetchline.intake.Progress.LastTry;
import dev.fetchline.intake.RequestMethod;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/// Items of every kind, drawn from a seed: all options, and text of all that is clean.
final class RandomItems {
    /// What is special to JSON, to XML, to UTF-8 or to terminals.
    private static final int[] SPECIAL = {
        '"', '\\', '/', ' ', 0xA0, 0x7FF, 0x800, 0x2028, 0x202E, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 0x10000, 0x1F600,
        0x10FFFF
    };

    private final Random random;

    RandomItems(Random random) {
        this.random = random;
    }

    DeferredItem next() {
        int made = random.nextInt(4);
        return new DeferredItem(
                "batch " + random.nextInt(3) + (random.nextInt(4) == 0 ? text(1, 60) : ""),
                new Origin("message-" + random.nextInt(2), random.nextInt(2)),
                entry(),
                new Progress(
                        random.nextInt(2),
                        made,
                        random.nextInt(made + 1),
                        random.nextInt(2),
                        random.nextBoolean() ? 0 : random.nextLong(253_402_300_800_000L),
                        orNull(this::last)));
    }

    private BatchItem entry() {
        return itself().withEarlier(random.nextInt(3) == 0 ? earlier() : null);
    }

    private Earlier earlier() {
        return new Earlier(
                text(1, 60),
                orNull(() -> 100 + random.nextInt(900)),
                orNull(() -> new Earlier.Failure(text(1, 60), text(0, 1_000))),
                random.nextInt(1_000_001),
                orNull(() -> Instant.ofEpochSecond(random.nextLong(253_402_300_800L), random.nextInt(999_000_001))),
                1 + random.nextInt(1_000_000));
    }

    private BatchItem itself() {
        return switch (random.nextInt(4)) {
            case 0 -> FetchItem.get(url());
            case 1 -> InvalidItem.ofText(text(0, 5_000) + "\u0000\uD800", "urls[1]: " + text(0, 200));
            default ->
                new FetchItem(
                        url(),
                        random.nextBoolean() ? RequestMethod.HEAD : RequestMethod.GET,
                        headers(),
                        orNull(() -> 1 + random.nextInt(900_000)),
                        orNull(() -> random.nextInt(1_073_741_825)),
                        orNull(random::nextBoolean),
                        orNull(() -> text(1, 60)));
        };
    }

    private LastTry last() {
        return new LastTry(
                orNull(() -> 100 + random.nextInt(900)), orNull(() -> text(0, 60)), orNull(() -> text(0, 1_000)));
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            StringBuilder value = new StringBuilder();
            for (int length = random.nextInt(50); length > 0; length--) {
                value.append(random.nextInt(20) == 0 ? '\t' : (char) (0x20 + random.nextInt(0x5F)));
            }
            headers.put("X-!#$%&'*+.^_`|~-" + i, value.toString());
        }
        return headers;
    }

    /// Without white space around it, as it is read.
    private String url() {
        return "x" + text(0, 2_000) + "y";
    }

    private String text(int min, int max) {
        int length = min + random.nextInt(random.nextInt(10) == 0 ? max - min + 1 : Math.min(max - min, 20) + 1);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            int c = random.nextInt(3) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : 0x20 + random.nextInt(0x5F);
            text.appendCodePoint(text.length() + Character.charCount(c) > length ? 'a' : c);
        }
        return text.toString();
    }

    private <T> T orNull(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }
}
