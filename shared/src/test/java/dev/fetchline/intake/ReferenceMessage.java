package dev.fetchline.intake;

import dev.fetchline.intake.ReferenceJson.Field;
import dev.fetchline.intake.ReferenceJson.Fields;
import dev.fetchline.intake.ReferenceJson.Items;
import dev.fetchline.intake.ReferenceJson.Node;
import dev.fetchline.intake.ReferenceJson.Num;
import dev.fetchline.intake.ReferenceJson.Text;
import dev.fetchline.intake.ReferenceJson.Word;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a message says, read a second time from the README's table of forms and limits; deferrals left
/// out.
final class ReferenceMessage {
    private static final List<String> OPTIONS =
            List.of("method", "headers", "timeoutMs", "maxBodyBytes", "followRedirects", "tag");
    private static final List<String> REFUSED_HEADERS = List.of(
            "host",
            "content-length",
            "connection",
            "expect",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private ReferenceMessage() {}

    /// What is to come of a body.
    sealed interface Expected {}

    /// @param items null for one that is invalid
    record Batch(String batchId, List<@Nullable FetchItem> items) implements Expected {}

    record None() implements Expected {}

    /// Not said here.
    record Unsure() implements Expected {}

    private static final class NotValid extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotValid() {
            super(null, null, false, false);
        }
    }

    static Expected of(String body, String messageId) {
        return of(body, messageId, false);
    }

    private static Expected of(String body, String messageId, boolean unwrapped) {
        String text = body.startsWith("\uFEFF") ? body.substring(1) : body;
        String bare = trim(text);
        if (bare.isEmpty() || "{[\"".indexOf(bare.charAt(0)) < 0) {
            return lines(text, messageId);
        }
        ReferenceJson.Result json = ReferenceJson.read(text);
        if (!json.isSure()) {
            return new Unsure();
        }
        return switch (json.node()) {
            case null -> new None();
            case Text url -> new Batch(messageId, Collections.singletonList(item(url, Map.of())));
            case Items list -> list(list, messageId, Map.of());
            case Fields fields -> object(fields, messageId, unwrapped);
            case Num number -> new None();
            case Word word -> new None();
        };
    }

    private static Expected lines(String text, String messageId) {
        List<@Nullable FetchItem> items = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String url = trim(line);
            if (!url.isEmpty() && !url.startsWith("#")) {
                items.add(item(new Text(url), Map.of()));
            }
        }
        return items.size() > 10_000 ? new None() : new Batch(messageId, items);
    }

    private static Expected list(Items list, String batchId, Map<String, Node> defaults) {
        List<@Nullable FetchItem> items = new ArrayList<>();
        list.elements().forEach(element -> items.add(item(element, defaults)));
        return items.size() > 10_000 ? new None() : new Batch(batchId, items);
    }

    private static Expected object(Fields object, String messageId, boolean unwrapped) {
        if (object.get("v") != null) {
            return unwrapped ? new None() : new Unsure();
        }
        if (object.get("Type") instanceof Text type && type.text().equals("Notification")) {
            boolean clean = object.hasEachOnce()
                    && List.of("batchId", "urls", "defaults", "url").stream()
                            .allMatch(name -> object.get(name) == null);
            return !unwrapped && clean && object.get("Message") instanceof Text message
                    ? of(message.text(), messageId, true)
                    : new None();
        }
        if (object.get("urls") == null) {
            return object.get("url") == null
                    ? new None()
                    : new Batch(messageId, Collections.singletonList(item(object, Map.of())));
        }
        Node batchId = object.get("batchId");
        if (!object.hasOnly(List.of("batchId", "urls", "defaults"))
                || (batchId != null && !isName(batchId))
                || !(object.get("urls") instanceof Items list)) {
            return new None();
        }
        Map<String, Node> defaults = new LinkedHashMap<>();
        if (object.get("defaults") != null) {
            if (!(object.get("defaults") instanceof Fields fields) || !fields.hasOnly(OPTIONS)) {
                return new None();
            }
            fields.fields().forEach(field -> defaults.put(field.name(), field.value()));
            try {
                options("x", defaults, Map.of());
            } catch (NotValid fault) {
                return new None();
            }
        }
        return list(list, batchId instanceof Text name ? name.text() : messageId, defaults);
    }

    private static @Nullable FetchItem item(Node entry, Map<String, Node> defaults) {
        try {
            if (entry instanceof Text url) {
                return options(url(url), Map.of(), defaults);
            }
            List<String> names = new ArrayList<>(OPTIONS);
            names.add("url");
            names.add("earlier");
            if (!(entry instanceof Fields fields)
                    || !fields.hasOnly(names)
                    || !(fields.get("url") instanceof Text url)) {
                return null;
            }
            Map<String, Node> own = new LinkedHashMap<>();
            fields.fields().forEach(field -> own.put(field.name(), field.value()));
            return options(url(url), own, defaults).withEarlier(earlier(fields.get("earlier")));
        } catch (NotValid fault) {
            return null;
        }
    }

    private static String url(Text given) {
        String url = trim(given.text());
        expect(!url.isEmpty() && isClean(url) && bytes(url) <= 8_192);
        return url;
    }

    private static FetchItem options(String url, Map<String, Node> own, Map<String, Node> defaults) {
        Map<String, Node> given = new LinkedHashMap<>(defaults);
        given.putAll(own);
        Node method = given.get("method");
        expect(method == null
                || method instanceof Text text
                        && (text.text().equals("GET") || text.text().equals("HEAD")));
        Node follow = given.get("followRedirects");
        expect(follow == null || follow instanceof Word word && !word.word().equals("null"));
        Node tag = given.get("tag");
        expect(tag == null || isName(tag));
        return new FetchItem(
                url,
                method instanceof Text text && text.text().equals("HEAD") ? RequestMethod.HEAD : RequestMethod.GET,
                headers(own.get("headers"), defaults.get("headers")),
                number(given.get("timeoutMs"), 1, 900_000),
                number(given.get("maxBodyBytes"), 0, 1 << 30),
                follow instanceof Word word ? word.word().equals("true") : null,
                tag instanceof Text text ? text.text() : null);
    }

    private static @Nullable Earlier earlier(@Nullable Node given) {
        if (given == null) {
            return null;
        }
        expect(given instanceof Fields);
        Fields fields = (Fields) given;
        expect(fields.hasOnly(List.of("status", "httpStatus", "error", "attempts", "fetchedAt", "times")));
        Node error = fields.get("error");
        Earlier.Failure failure = null;
        if (error != null) {
            expect(error instanceof Fields its && its.hasOnly(List.of("kind", "detail")));
            failure = new Earlier.Failure(
                    text(((Fields) error).get("kind"), 1, 64), text(((Fields) error).get("detail"), 0, 1_024));
            byte[] whole = ((Text) ((Fields) error).get("detail")).text().getBytes(StandardCharsets.UTF_8);
            byte[] kept = failure.detail().getBytes(StandardCharsets.UTF_8);
            // What is left out of 500 bytes is less than a character.
            expect(kept.length == whole.length || kept.length > 496);
        }
        Node attempts = fields.get("attempts");
        Node times = fields.get("times");
        expect(attempts != null && times != null);
        return new Earlier(
                text(fields.get("status"), 1, 64),
                number(fields.get("httpStatus"), 100, 999),
                failure,
                number(attempts, 0, 1_000_000),
                moment(fields.get("fetchedAt")),
                number(times, 1, 1_000_000));
    }

    private static @Nullable Instant moment(@Nullable Node given) {
        if (given == null) {
            return null;
        }
        expect(given instanceof Text);
        try {
            Instant moment = DateTimeFormatter.ISO_INSTANT.parse(((Text) given).text(), Instant::from);
            expect(moment.toEpochMilli() >= 0 && moment.getEpochSecond() < 253_402_300_800L);
            return moment;
        } catch (DateTimeParseException | ArithmeticException notOne) {
            throw new NotValid();
        }
    }

    private static String text(@Nullable Node given, int min, int max) {
        expect(given instanceof Text text
                && text.text().length() >= min
                && text.text().length() <= max
                && isClean(text.text()));
        return ((Text) given).text();
    }

    private static @Nullable Integer number(@Nullable Node given, int min, int max) {
        if (given == null) {
            return null;
        }
        expect(given instanceof Num number && number.source().matches("-?[0-9]+"));
        BigInteger value = new BigInteger(((Num) given).source());
        expect(value.compareTo(BigInteger.valueOf(min)) >= 0 && value.compareTo(BigInteger.valueOf(max)) <= 0);
        return value.intValue();
    }

    private static Map<String, String> headers(@Nullable Node own, @Nullable Node defaults) {
        Map<String, String> mine = headers(own);
        Map<String, String> all = new LinkedHashMap<>(headers(defaults));
        mine.keySet()
                .forEach(name -> all.keySet().removeIf(other -> lower(other).equals(lower(name))));
        all.putAll(mine);
        int size = all.entrySet().stream()
                .mapToInt(header -> header.getKey().length() + header.getValue().length())
                .sum();
        expect(mine.isEmpty() || all.size() <= 32 && size <= 8_192);
        return all;
    }

    private static Map<String, String> headers(@Nullable Node given) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (given != null) {
            expect(given instanceof Fields);
            for (Field field : ((Fields) given).fields()) {
                expect(isToken(field.name()) && !REFUSED_HEADERS.contains(lower(field.name())));
                expect(headers.keySet().stream().noneMatch(other -> lower(other).equals(lower(field.name()))));
                expect(field.value() instanceof Text value
                        && value.text().chars().allMatch(c -> c == '\t' || c >= ' ' && c < 0x7F));
                headers.put(field.name(), ((Text) field.value()).text());
            }
        }
        return headers;
    }

    private static boolean isToken(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0));
    }

    private static boolean isName(Node node) {
        return node instanceof Text name && !name.text().isEmpty() && isClean(name.text()) && bytes(name.text()) <= 256;
    }

    static boolean isClean(String text) {
        return text.codePoints().noneMatch(c -> c < ' ' || c >= 0x7F && c < 0xA0 || c >= 0xD800 && c <= 0xDFFF);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String trim(String text) {
        return text.replaceAll("^[ \t\r\n]++", "").replaceAll("(?<![ \t\r\n])[ \t\r\n]++\\z", "");
    }

    private static void expect(boolean condition) {
        if (!condition) {
            throw new NotValid();
        }
    }
}
