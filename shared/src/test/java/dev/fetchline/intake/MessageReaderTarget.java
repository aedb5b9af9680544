package dev.fetchline.intake;

import dev.fetchline.fuzz.Broken;
import dev.fetchline.fuzz.FuzzTarget;
import dev.fetchline.intake.ReferenceMessage.Batch;
import dev.fetchline.intake.ReferenceMessage.None;
import dev.fetchline.intake.ReferenceMessage.Unsure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Message bodies: each is read a second time by plain code of its own ([ReferenceMessage]); what was
/// read is written
/// and read again; and every reason must be fit for a log.
public final class MessageReaderTarget implements FuzzTarget {
    private static final String MESSAGE_ID = "message-1";

    /// User information, wherever a URL stands.
    private static final String SECRET = "//user:hun!er2";

    /// Bodies up to this size are written once more in other ways.
    private static final int VARIED_CHARS_MAX = 6_000;

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

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
            "\\u0041",
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
            "\u0085",
            "null",
            "true",
            "-",
            "1e999",
            "NaN",
            "[[[[[[[[",
            "{\"a\":",
            "9999999999",
            "99999999999999999999",
            "99999999999999999999999999999999999",
            "900000",
            "900001",
            "1073741824",
            "\"url\":",
            "\"urls\":[",
            "\"Type\":\"Notification\",",
            "\"Message\":",
            "\"tag\":\"t\",",
            "\"earlier\":{\"status\":\"FAILED\",\"attempts\":4,\"times\":1},",
            "\"batchId\":\"b\",",
            "\"defaults\":{",
            "\"headers\":{\"A\":\"b\"},",
            "\"timeoutMs\":1,",
            "\"v\":1,",
            "\"v\":2,",
            "\"parts\":[",
            "\"item\":",
            "\"invalid\":",
            "\"made\":3,",
            "\"granted\":2,",
            "\"last\":{",
            "\"hop\":1,",
            "\"notBefore\":5,",
            "\"followRedirects\":false,",
            "\"method\":\"HEAD\",",
            "https://user:hun!er2@h/",
            "https://user:hun!er2@h/\\u0001",
            "\"X-Y\":\"z\"",
            "Transfer-Encoding",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9",
            "#",
            "https://example.com/\n",
            "a\n");

    private static final List<String> URLS = List.of(
            "\"https://example.com/\"",
            "\"x\"",
            "\"\\u00e9\\ud83d\\ude00\"",
            "\"  https://h/ \\n\"",
            "\"\"",
            "\" \"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"https://user:hun!er2@h/\\u0001\"",
            "5",
            "null",
            "[]",
            "{}",
            "\"\u00fc\"",
            "\"a\u0085\"",
            "\"\\\\\"");

    @Override
    public String generate(RandomGenerator random) {
        String body = switch (random.nextInt(8)) {
            case 0 -> lines(random);
            case 1 -> list(random, 6);
            case 2 -> pick(random, URLS);
            case 3, 4 -> batch(random);
            case 5 -> item(random);
            default -> deferral(random);
        };
        if (random.nextInt(10) == 0) {
            body = MessageJson.notification(body);
        }
        return (random.nextInt(12) == 0 ? "\uFEFF \n" : "") + body + (random.nextInt(12) == 0 ? " \r\n" : "");
    }

    private static String pick(RandomGenerator random, List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String pick(RandomGenerator random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static String lines(RandomGenerator random) {
        StringBuilder lines = new StringBuilder();
        int many = random.nextInt(300) == 0 ? 10_003 : 6;
        for (int n = random.nextInt(many); n > 0; n--) {
            lines.append(pick(random, "https://h/", "# c", "", " x \r", "\u0001", "a\ud800", "\uFEFF", "b"));
            lines.append('\n');
        }
        return lines.toString();
    }

    private static String list(RandomGenerator random, int max) {
        StringBuilder list = new StringBuilder("[");
        for (int n = random.nextInt(max); n > 0; n--) {
            list.append(random.nextBoolean() ? pick(random, URLS) : item(random))
                    .append(n > 1 ? ", " : "");
        }
        return list.append("]").toString();
    }

    private static String item(RandomGenerator random) {
        StringBuilder item = new StringBuilder("{");
        if (random.nextInt(20) > 0) {
            item.append("\"url\":").append(random.nextInt(3) > 0 ? "\"https://h/a\"" : pick(random, URLS));
        }
        options(random, item);
        return item.append("}").toString();
    }

    private static void options(RandomGenerator random, StringBuilder item) {
        for (int n = random.nextInt(4); n > 0; n--) {
            item.append(item.length() > 1 ? "," : "");
            item.append(pick(
                    random,
                    "\"method\":\"GET\"",
                    "\"method\":\"HEAD\"",
                    "\"method\":\"POST\"",
                    "\"timeoutMs\":1",
                    "\"timeoutMs\":900000",
                    "\"timeoutMs\":900001",
                    "\"timeoutMs\":0",
                    "\"timeoutMs\":1.0",
                    "\"maxBodyBytes\":0",
                    "\"maxBodyBytes\":1073741824",
                    "\"maxBodyBytes\":1073741825",
                    "\"maxBodyBytes\":-0",
                    "\"followRedirects\":true",
                    "\"followRedirects\":false",
                    "\"followRedirects\":null",
                    "\"tag\":\"t\"",
                    "\"tag\":\"\"",
                    "\"tag\":\"\\u007f\"",
                    "\"tag\":\"" + "\u00e9".repeat(random.nextInt(126, 131)) + "\"",
                    "\"earlier\":" + earlier(random),
                    "\"earlier\":" + earlier(random),
                    "\"headers\":{}",
                    "\"headers\":" + headers(random),
                    "\"headers\":" + headers(random),
                    "\"new\":1"));
        }
    }

    private static String earlier(RandomGenerator random) {
        if (random.nextInt(10) == 0) {
            return pick(random, "null", "{}", "5", "[]", "\"FAILED\"");
        }
        StringBuilder earlier = new StringBuilder("{\"status\":");
        earlier.append(pick(random, "\"FAILED\"", "\"FAILED\"", "\"FAILED\"", "\"\"", "\"\\u0085\"", "5"));
        earlier.append(",\"attempts\":").append(pick(random, "0", "4", "4", "1000000", "1000001", "-1"));
        earlier.append(",\"times\":").append(pick(random, "1", "1", "2", "1000000", "0", "\"1\""));
        for (int n = random.nextInt(3); n > 0; n--) {
            earlier.append(pick(
                    random,
                    ",\"httpStatus\":503",
                    ",\"httpStatus\":99",
                    ",\"error\":{\"kind\":\"DNS\",\"detail\":\"" + "\u00e9".repeat(random.nextInt(248, 253)) + "\"}",
                    ",\"error\":{\"detail\":\"\",\"kind\":\"K\"}",
                    ",\"error\":{\"kind\":\"K\"}",
                    ",\"error\":{\"kind\":\"K\",\"detail\":\"d\",\"x\":1}",
                    ",\"fetchedAt\":\"2026-01-01T00:00:00.5Z\"",
                    ",\"fetchedAt\":\"1969-12-31T23:59:59Z\"",
                    ",\"fetchedAt\":\"now\"",
                    ",\"new\":1"));
        }
        return earlier.append("}").toString();
    }

    private static String headers(RandomGenerator random) {
        StringBuilder headers = new StringBuilder("{");
        int many = random.nextInt(40) == 0 ? 36 : 4;
        for (int n = random.nextInt(many); n > 0; n--) {
            headers.append(headers.length() > 1 ? "," : "");
            headers.append('"')
                    .append(pick(random, "A", "a", "X-Y", "Host", "te", "b\u00fc", "", "x!" + n, "H" + n, "N" + n));
            headers.append("\":").append(pick(random, "\"b\"", "\"\"", "\"a\\tb\"", "\"\\r\\n\"", "\"\u00fc\"", "5"));
        }
        if (random.nextInt(40) == 0) {
            headers.append(headers.length() > 1 ? "," : "");
            headers.append("\"Long\":\"")
                    .append("v".repeat(random.nextInt(8_160, 8_192)))
                    .append('"');
        }
        return headers.append("}").toString();
    }

    private static String batch(RandomGenerator random) {
        StringBuilder batch = new StringBuilder("{");
        batch.append(pick(random, "", "", "\"batchId\":\"b\",", "\"batchId\":5,", "\"batchId\":\"\",", "\"x\":1,"));
        if (random.nextBoolean()) {
            StringBuilder defaults = new StringBuilder("{");
            options(random, defaults);
            batch.append("\"defaults\":").append(defaults).append("},");
        }
        return batch.append("\"urls\":").append(list(random, 8)).append("}").toString();
    }

    private static String deferral(RandomGenerator random) {
        StringBuilder body =
                new StringBuilder(pick(random, "{\"v\":1,", "{\"v\":1,", "{\"v\":1,", "{\"v\":2,", "{\"v\":\"1\","));
        body.append("\"parts\":[");
        for (int n = random.nextInt(4); n > 0; n--) {
            body.append("{\"batchId\":").append(pick(random, "\"b\"", "\"b\"", "\"b\"", "\"\"", "5"));
            body.append(",\"messageId\":\"m\",\"requestedAt\":")
                    .append(pick(random, "5", "1700000000000", "253402300799999"));
            body.append(",\"firstSeenAt\":").append(pick(random, "7", "7", "7", "-1", "253402300800000"));
            body.append(",\"hop\":").append(pick(random, "0", "1", "1000000", "1", "1000001"));
            body.append(random.nextInt(3) == 0 ? ",\"headers\":" + headers(random) : "");
            body.append(",\"items\":[");
            int many = random.nextInt(60) == 0 ? 502 : 3;
            for (int m = random.nextInt(many); m > 0; m--) {
                body.append(entry(random)).append(m > 1 ? "," : "");
            }
            body.append("]}").append(n > 1 ? "," : "");
        }
        return body.append("]}").toString();
    }

    private static String entry(RandomGenerator random) {
        StringBuilder entry = new StringBuilder("{");
        if (random.nextInt(3) > 0) {
            entry.append("\"item\":").append(random.nextBoolean() ? pick(random, URLS) : item(random));
        } else {
            entry.append("\"invalid\":{\"sha256\":\"")
                    .append("0f".repeat(32))
                    .append("\",\"text\":\"t\",\"reason\":\"");
            entry.append(pick(random, "r", "r", "\\u0000", "")).append("\"}");
        }
        for (int n = random.nextInt(3); n > 0; n--) {
            entry.append(pick(
                    random,
                    ",\"made\":3",
                    ",\"granted\":2",
                    ",\"made\":3,\"granted\":3",
                    ",\"notBefore\":9",
                    ",\"new\":{}",
                    ",\"last\":{\"httpStatus\":503}",
                    ",\"last\":{\"kind\":\"DNS\",\"detail\":\"d\"}",
                    ",\"last\":{}",
                    ",\"last\":{\"httpStatus\":99}",
                    ",\"last\":5",
                    ",\"earlier\":" + earlier(random),
                    ",\"made\":-1"));
        }
        return entry.append("}").toString();
    }

    @Override
    public List<String> dictionary() {
        return PIECES;
    }

    @Override
    public char charMax() {
        return '\uFFFF';
    }

    @Override
    public void check(String body) {
        Intake intake = BatchReader.read(body, MESSAGE_ID);
        checkPromises(intake);
        checkSecret(body, intake);
        checkReference(body, intake);
        if (body.length() <= VARIED_CHARS_MAX) {
            checkWrittenAgain(intake);
            checkWrapped(body, intake);
        }
    }

    private static void checkPromises(Intake intake) {
        switch (intake) {
            case Unreadable unreadable -> checkReason(unreadable.reason());
            case UnknownVersion unknown -> checkReason(unknown.reason());
            case Deferral deferral -> {
                Broken.unless(deferral.items().size() <= 500, "a deferral has 500 items at most", deferral);
                deferral.items().forEach(MessageReaderTarget::checkDeferred);
            }
            case FetchBatch batch -> {
                Broken.unless(batch.items().size() <= 10_000, "a message has 10,000 items at most", batch);
                checkName(batch.batchId());
                batch.items().forEach(item -> checkItem(item, true));
            }
        }
    }

    private static void checkDeferred(DeferredItem item) {
        checkName(item.batchId());
        checkName(item.origin().messageId());
        Progress progress = item.progress();
        Broken.unless(
                progress.waitsGranted() >= 0
                        && progress.waitsGranted() <= progress.triesMade()
                        && progress.triesMade() <= 1_000_000
                        && progress.hop() >= 0
                        && progress.hop() <= 1_000_000,
                "counts are within their ranges",
                progress);
        for (long moment : new long[] {item.origin().requestedAt(), progress.firstSeenAt(), progress.notBefore()}) {
            Broken.unless(moment >= 0 && moment <= 253_402_300_799_999L, "moments are in the calendar", moment);
        }
        // The reason of an entry that was invalid before came with it, and may say anything that can be stored.
        checkItem(item.entry(), false);
    }

    private static void checkEarlier(Earlier earlier) {
        Broken.unless(
                !earlier.status().isEmpty() && ReferenceMessage.isClean(earlier.status()),
                "what was before can be stored",
                earlier);
        if (earlier.failure() != null) {
            String detail = earlier.failure().detail();
            Broken.unless(
                    ReferenceMessage.isClean(detail) && detail.getBytes(StandardCharsets.UTF_8).length <= 500,
                    "a detail of before has 500 bytes at most",
                    detail);
        }
        Broken.unless(
                earlier.times() >= 1 && earlier.attempts() >= 0 && earlier.attempts() <= 1_000_000,
                "counts of before are within their ranges",
                earlier);
    }

    private static void checkItem(BatchItem item, boolean ownReason) {
        if (item.earlier() != null) {
            checkEarlier(item.earlier());
        }
        switch (item) {
            case InvalidItem invalid -> {
                Broken.unless(SHA_256.matcher(invalid.sha256()).matches(), "a hash is 64 digits", invalid.sha256());
                Broken.unless(
                        isUtf8(invalid.text()) && invalid.text().length() <= 4_096,
                        "the text of an invalid entry can be stored",
                        invalid.text());
                Broken.unless(ReferenceMessage.isClean(invalid.reason()), "a reason can be stored", invalid.reason());
                if (ownReason) {
                    checkReason(invalid.reason());
                }
            }
            case FetchItem fetch -> {
                Broken.unless(
                        !fetch.url().isEmpty()
                                && ReferenceMessage.isClean(fetch.url())
                                && fetch.url().getBytes(StandardCharsets.UTF_8).length <= 8_192,
                        "a URL can be stored",
                        fetch.url());
                if (fetch.tag() != null) {
                    checkName(fetch.tag());
                }
            }
        }
    }

    private static void checkName(String name) {
        Broken.unless(
                !name.isEmpty()
                        && ReferenceMessage.isClean(name)
                        && name.getBytes(StandardCharsets.UTF_8).length <= 256,
                "a name can be stored",
                name);
    }

    private static void checkReason(String reason) {
        Broken.unless(
                reason.contains(": found ") && reason.contains(", expected ") && reason.length() <= 600,
                "a reason says where, what was found and what was expected",
                reason);
        Broken.unless(reason.codePoints().noneMatch(MessageReaderTarget::isUnfit), "a reason is fit for a log", reason);
    }

    /// Where it is one: followed by an `@` wherever it stands.
    private static void checkSecret(String body, Intake intake) {
        if (!body.contains(SECRET) || body.replace(SECRET + "@", "").contains("hun!er2")) {
            return;
        }
        String reasons = switch (intake) {
            case Unreadable(var reason) -> reason;
            case UnknownVersion(var reason) -> reason;
            case FetchBatch batch -> reasons(batch.items().stream());
            case Deferral _ -> "";
        };
        Broken.unless(!reasons.contains("hun!er2"), "no reason shows user information", reasons);
    }

    private static String reasons(Stream<BatchItem> items) {
        return items.map(item -> item instanceof InvalidItem invalid ? invalid.reason() : "")
                .collect(Collectors.joining());
    }

    private static boolean isUnfit(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static boolean isUtf8(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static void checkReference(String body, Intake intake) {
        switch (ReferenceMessage.of(body, MESSAGE_ID)) {
            case Unsure _ -> {}
            case None _ -> Broken.unless(intake instanceof Unreadable, "what is no message is unreadable", intake);
            case Batch(var batchId, var items) -> {
                if (!(intake instanceof FetchBatch batch)) {
                    throw new Broken("what is a message is read", String.valueOf(intake));
                }
                Broken.unlessEqual(batch.batchId(), batchId, "the batch has the message's name");
                Broken.unlessEqual(batch.items().size(), items.size(), "no item is lost, none comes from nowhere");
                for (int i = 0; i < items.size(); i++) {
                    BatchItem item = batch.items().get(i);
                    Broken.unlessEqual(
                            item instanceof FetchItem ? item : null, items.get(i), "an item is what its entry says");
                }
            }
        }
    }

    /// What was read, written as JSON, reads as itself; so a bad entry harms no sibling.
    private static void checkWrittenAgain(Intake intake) {
        if (intake instanceof FetchBatch batch) {
            checkAlike(
                    BatchReader.read(MessageJson.batch(batch), "other"),
                    batch,
                    "what is written again reads as itself");
        } else if (intake instanceof Deferral deferral) {
            boolean ours = deferral.items().stream()
                    .allMatch(item -> item.entry() instanceof FetchItem
                            || item.entry() instanceof InvalidItem(var _, var text, var reason, var _)
                                    && reason.length() <= 1_024
                                    && ReferenceMessage.isClean(text));
            if (ours) {
                Intake again = BatchReader.read(MessageJson.deferral(deferral), "other");
                Broken.unlessEqual(again, deferral, "a deferral that is written again reads as itself");
            }
        }
    }

    /// Space around JSON, a byte order mark and a notification around any body change nothing.
    private static void checkWrapped(String body, Intake intake) {
        if (!(intake instanceof FetchBatch batch)) {
            return;
        }
        if (!body.startsWith("\uFEFF")) {
            checkAlike(
                    BatchReader.read("\uFEFF \r\n\t" + body + "\n ", MESSAGE_ID),
                    batch,
                    "blanks around it do not matter");
        }
        Intake notified = BatchReader.read(MessageJson.notification(body), MESSAGE_ID);
        boolean twice = notified instanceof Unreadable(var reason) && reason.contains("SNS notification inside");
        if (!twice) {
            checkAlike(notified, batch, "a notification holds what its message says");
        }
    }

    private static void checkAlike(Intake found, FetchBatch expected, String promise) {
        if (!(found instanceof FetchBatch batch)) {
            throw new Broken(promise, String.valueOf(found));
        }
        Broken.unlessEqual(batch.batchId(), expected.batchId(), promise);
        Broken.unlessEqual(
                batch.items().stream().map(MessageReaderTarget::good).toList().toString(),
                expected.items().stream()
                        .map(MessageReaderTarget::good)
                        .toList()
                        .toString(),
                promise);
    }

    private static Object good(BatchItem item) {
        return item instanceof FetchItem ? item : "invalid";
    }
}
