package dev.fetchline.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fetchline.fuzz.Broken;
import dev.fetchline.fuzz.Choices;
import dev.fetchline.fuzz.FuzzTarget;
import dev.fetchline.http.Bodies;
import dev.fetchline.http.FetchedBody;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Bodies as text: documents whose encoding and text are known, with the encoding told in one way or in
/// several that
/// contradict each other; and bytes of any kind.
///
/// An input: `0` and a body by [#document], or `1`, whether it was cut off, a line with the
/// Content-Type, and the body's
/// bytes.
public final class CharsetTarget implements FuzzTarget {
    /// Labels, and what they must lead to: the encoding's name and the JDK's decoder.
    private static final Map<String, List<String>> LABELS = labels("""
            utf-8 utf-8 UTF-8|utf8 utf-8 UTF-8|UTF-8 utf-8 UTF-8|latin1 windows-1252 windows-1252
            iso-8859-1 windows-1252 windows-1252|us-ascii windows-1252 windows-1252|Windows-1251 windows-1251 windows-1251
            iso-8859-2 iso-8859-2 ISO-8859-2|koi8-r koi8-r KOI8-R|shift_jis shift_jis windows-31j|sjis shift_jis windows-31j
            euc-jp euc-jp x-eucjp-open|euc-kr euc-kr x-windows-949|ks_c_5601-1987 euc-kr x-windows-949|big5 big5 Big5-HKSCS
            gb2312 gbk GB18030|gbk gbk GB18030|gb18030 gb18030 GB18030|iso-8859-9 windows-1254 windows-1254
            iso-8859-15 iso-8859-15 ISO-8859-15|tis-620 windows-874 x-windows-874|macintosh macintosh x-MacRoman
            iso-2022-jp iso-2022-jp x-windows-iso2022jp|utf-16 utf-16le UTF-16LE|utf-16be utf-16be UTF-16BE|ibm866 ibm866 IBM866
            hebrew iso-8859-8 ISO-8859-8|windows-1255 windows-1255 windows-1255|iso-8859-16 iso-8859-16 ISO-8859-16""");

    private static final List<String> NAMES = List.copyOf(LABELS.keySet());

    /// A Content-Type that leaves no doubt about its charset.
    private static final Pattern PLAIN_TYPE =
            Pattern.compile("text/(?:plain|html|css) ?; ?charset=(\"?)([A-Za-z0-9_-]+)\\1");

    private static final List<String> PIECES = List.of(
            "<meta charset=",
            "<meta charset=\"utf-8\">",
            "<META http-equiv=content-type content='text/html; charset=",
            "<?xml version=\"1.0\" encoding=\"",
            "<!--",
            "-->",
            "--",
            ">",
            "<",
            "</a ",
            "<a b='",
            "<?",
            "<!",
            "\"",
            "'",
            "=",
            "/",
            " ",
            "\n",
            "\u000C",
            "charset",
            "content",
            "http-equiv",
            "x-user-defined",
            "utf-16",
            "windows-1251",
            "koi8-r",
            "text/html",
            "text/plain; charset=",
            "application/xml",
            "image/png",
            ";",
            "charset=\"",
            "\\",
            "\u00EF\u00BB\u00BF",
            "\u00FE\u00FF",
            "\u00FF\u00FE",
            "\u0000",
            "<\u0000?\u0000x\u0000",
            "\u0000<\u0000?\u0000x",
            "\u00C3\u00BC",
            "\u00E2\u0082\u00AC",
            "\u00F0\u009F\u0098\u0080",
            "\u00ED\u00A0\u0080",
            "\u00C0\u0080",
            "\u00F4\u0090\u0080\u0080",
            "\u00E2\u0082",
            "\u0080",
            "\u00FF",
            "\u001B$B",
            "\u001B(B");

    private static Map<String, List<String>> labels(String table) {
        Map<String, List<String>> labels = new LinkedHashMap<>();
        for (String entry : table.split("[|\n]", -1)) {
            String[] words = entry.strip().split(" ", -1);
            labels.put(words[0], List.of(words[1], words[2]));
        }
        return labels;
    }

    @Override
    public String generate(RandomGenerator random) {
        StringBuilder input = new StringBuilder();
        if (random.nextInt(3) > 0) {
            input.append('0');
            for (int n = 5; n > 0; n--) {
                input.append((char) random.nextInt(128));
            }
        } else {
            input.append('1').append((char) ('0' + random.nextInt(2)));
            input.append(pick(
                    random,
                    "",
                    "text/html",
                    "text/plain",
                    "application/xml",
                    "application/json",
                    "image/png",
                    "text/css; charset=" + NAMES.get(random.nextInt(NAMES.size())),
                    "text/html; a=\"; charset=utf-16\"",
                    "text/html;charset='latin1'",
                    "application/atom+xml; x=y"));
            input.append('\n');
            for (int n = random.nextInt(4); n > 0; n--) {
                input.append(PIECES.get(random.nextInt(PIECES.size())));
                input.append(pick(random, "", "", NAMES.get(random.nextInt(NAMES.size()))));
            }
            input.append(pick(random, "", "", "'>", "\"?>", " x=y>", "-->"));
        }
        boolean ascii = random.nextInt(4) == 0;
        for (int n = random.nextInt(40); n > 0; n--) {
            input.append((char) (ascii ? 32 + random.nextInt(95) : random.nextInt(1, 256)));
        }
        return input.toString();
    }

    private static String pick(RandomGenerator random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @Override
    public List<String> dictionary() {
        return PIECES;
    }

    @Override
    public void check(String input) {
        Choices choices = new Choices(input);
        if (choices.below(2) == 0) {
            document(choices);
            return;
        }
        boolean cutOff = choices.below(2) == 1;
        String line = choices.line();
        Optional<String> type = line.isEmpty() ? Optional.empty() : Optional.of(line);
        byte[] bytes = choices.rest().getBytes(ISO_8859_1);
        FetchedBody body = cutOff ? Bodies.truncated(bytes, FetchedBody.Truncation.LENGTH) : Bodies.of(bytes);
        Optional<BodyText> text = BodyText.of(body, type);
        Broken.unless(
                BodyText.of(Bodies.stillEncoded(bytes), type).isEmpty(), "what is still encoded is no text", input);
        text.ifPresent(found -> checkText(found, bytes));
        checkPresence(text, type, bytes);
        text.ifPresent(found -> checkOrder(found, type, bytes, cutOff));
    }

    private static void checkText(BodyText found, byte[] bytes) {
        String text = found.text();
        Broken.unless(UTF_8.newEncoder().canEncode(text), "text is valid Unicode, without lone surrogates", text);
        Broken.unless(text.length() <= 2 * bytes.length, "a byte is two characters at most", text.length());
        Broken.unlessEqual(found.text(), text, "the same body is the same text");
        Charset expected = LABELS.values().stream()
                .filter(encoding -> encoding.get(0).equals(found.charset()))
                .map(encoding -> Charset.forName(encoding.get(1)))
                .findFirst()
                .orElse(null);
        if (expected != null) {
            int mark = mark(bytes) == null ? 0 : mark(bytes).equals("utf-8") ? 3 : 2;
            Broken.unlessEqual(
                    text, new String(bytes, mark, bytes.length - mark, expected), "the text is what the charset says");
        }
    }

    private static void checkPresence(Optional<BodyText> text, Optional<String> type, byte[] bytes) {
        boolean nul = new String(bytes, ISO_8859_1).indexOf('\0') >= 0;
        Broken.unless(
                text.isEmpty() || !nul || text.get().charset().startsWith("utf-16"),
                "NUL is text in UTF-16 only",
                type);
        if (text.isEmpty() && bytes.length > 0 && type.isPresent() && type.get().matches("text/[a-z]+(?:;.*)?")) {
            Broken.unless(nul, "a body of type text without NUL is text", type);
        }
        Broken.unless(text.isEmpty() || !type.orElse("").matches("image/[a-z]*"), "an image is no text", type);
        Broken.unless(text.isEmpty() || bytes.length > 0, "nothing is no text", type);
    }

    /// Byte order mark, Content-Type, what the document says, UTF-8, windows-1252.
    private static void checkOrder(BodyText found, Optional<String> type, byte[] bytes, boolean cutOff) {
        String mark = mark(bytes);
        if (mark != null) {
            Broken.unlessEqual(found.charset(), mark, "a byte order mark goes first");
            return;
        }
        Matcher plain = PLAIN_TYPE.matcher(type.orElse(""));
        if (plain.matches()) {
            List<String> named = LABELS.get(plain.group(2));
            if (named != null) {
                Broken.unlessEqual(found.charset(), named.get(0), "the Content-Type goes second");
                return;
            }
        }
        String start = new String(bytes, 0, Math.min(bytes.length, 1_024), ISO_8859_1);
        boolean silent = !start.contains("<")
                && !type.orElse("").toLowerCase(Locale.ROOT).contains("charset");
        if (silent) {
            Broken.unlessEqual(
                    found.charset(),
                    isUtf8(bytes, cutOff) ? "utf-8" : "windows-1252",
                    "what says nothing is UTF-8 where it can be, else windows-1252");
        }
    }

    private static @Nullable String mark(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(3, bytes.length), ISO_8859_1);
        if (start.equals("\u00EF\u00BB\u00BF")) {
            return "utf-8";
        }
        return start.startsWith("\u00FE\u00FF") ? "utf-16be" : start.startsWith("\u00FF\u00FE") ? "utf-16le" : null;
    }

    /// Unicode, table 3-7.
    private static boolean isUtf8(byte[] bytes, boolean cutOff) {
        int i = 0;
        while (i < bytes.length) {
            int lead = bytes[i] & 0xFF;
            int more = lead < 0x80 ? 0 : lead < 0xC2 ? -1 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF5 ? 3 : -1;
            if (more < 0) {
                return false;
            }
            for (int k = 1; k <= more; k++) {
                if (i + k == bytes.length) {
                    return cutOff;
                }
                int next = bytes[i + k] & 0xFF;
                int low = k > 1 ? 0x80 : lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
                // Whether half of a character can be half of a surrogate, the JDK leaves open.
                boolean half = cutOff && i + more >= bytes.length;
                int high = k > 1 || (half && lead == 0xED) ? 0xBF : lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
                if (next < low || next > high) {
                    return false;
                }
            }
            i += more + 1;
        }
        return true;
    }

    /// A document: its encoding, how that is told, another encoding that is told in a way that counts
    /// less, padding,
    /// and the bytes that its text is made from.
    private static void document(Choices choices) {
        String label = NAMES.get(choices.below(NAMES.size()));
        int told = choices.below(5);
        String other = NAMES.get(choices.below(NAMES.size()));
        boolean contradicted = choices.below(2) == 1;
        int padding = choices.below(128) * 4;
        Charset charset = Charset.forName(LABELS.get(label).get(1));
        String name = LABELS.get(label).get(0);
        if (name.startsWith("utf-16") && told > 1) {
            // A page whose markup can be read is not UTF-16.
            charset = UTF_8;
            name = "utf-8";
        }
        String text = text(choices.rest(), charset);
        String comment = " ".repeat(padding);
        String html = switch (told) {
            case 2 -> comment + "<meta charset=" + label + " x>";
            case 3 ->
                comment + "<!-- <meta charset=koi8-u> --><meta content=\"text/html;charset='" + label
                        + "'\" http-equiv=Content-Type>";
            case 4 -> "<?xml version='1.0'" + comment + " encoding='" + label + "'?>";
            default -> contradicted ? "<meta charset=" + other + ">" : "";
        };
        if (told == 2 || told == 3) {
            html += contradicted ? "<meta charset='" + other + "'>" : "";
        }
        String type = "text/html"
                + (told == 1 ? "; charset=" + label : told == 0 && contradicted ? "; charset=" + other : "");
        byte[] mark = told == 0 ? markOf(name) : new byte[0];
        if (told == 0 && mark.length == 0) {
            type = "text/html; x=y; Charset=\"" + label + "\"";
        }
        byte[] bytes = joined(mark, html.getBytes(told <= 1 ? charset : US_ASCII), text.getBytes(charset));
        if (bytes.length == 0 || (mark.length == 0 && mark(bytes) != null)) {
            return;
        }
        BodyText found = BodyText.of(Bodies.of(bytes), Optional.of(type))
                .orElseThrow(() -> new Broken("a document is text", Arrays.toString(bytes)));
        Broken.unlessEqual(found.charset(), name, "a document's encoding is found where it is told");
        Broken.unlessEqual(found.text(), html + text, "a document's text is read as it was written");
    }

    /// What the bytes stand for in the charset, as far as it can be written in it again, without what
    /// no text has.
    private static String text(String payload, Charset charset) {
        String drawn = new String(payload.getBytes(ISO_8859_1), charset);
        StringBuilder text = new StringBuilder();
        drawn.codePoints()
                .filter(c -> c != 0xFFFD && c != 0xFEFF && c >= ' ' && c != '<' && c != 0x7F)
                .filter(c -> roundTrips(Character.toString(c), charset))
                .limit(200)
                .forEach(text::appendCodePoint);
        String all = text.toString();
        return roundTrips(all, charset) ? all : "";
    }

    private static boolean roundTrips(String text, Charset charset) {
        return new String(text.getBytes(charset), charset).equals(text);
    }

    private static byte[] markOf(String name) {
        return switch (name) {
            case "utf-8" -> "\uFEFF".getBytes(UTF_8);
            case "utf-16le" -> "\uFEFF".getBytes(UTF_16LE);
            case "utf-16be" -> new byte[] {(byte) 0xFE, (byte) 0xFF};
            default -> new byte[0];
        };
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
