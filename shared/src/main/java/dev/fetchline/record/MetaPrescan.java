package dev.fetchline.record;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the encoding that an HTML page names itself: "prescan a byte stream to determine its encoding" of the HTML
/// standard (WHATWG, section 13.2.3.2), step by step, on the first 1,024 bytes.
final class MetaPrescan {
    static final int BYTES_MAX = 1_024;

    private static final Pattern CHARSET_IN_CONTENT =
            Pattern.compile("charset\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\"'\\s;][^\\s;]*))");

    private final String page;
    private int at;

    private MetaPrescan(String page) {
        this.page = page;
    }

    static Optional<TextEncoding> find(byte[] bytes, int length) {
        String start = new String(bytes, 0, Math.min(length, BYTES_MAX), StandardCharsets.ISO_8859_1);
        return new MetaPrescan(start.toLowerCase(Locale.ROOT)).find();
    }

    private Optional<TextEncoding> find() {
        for (at = page.indexOf('<'); at >= 0 && at < page.length(); at = page.indexOf('<', at + 1)) {
            if (page.startsWith("<!--", at)) {
                // The dashes that open a comment may be those that close it.
                skipTo("-->", at + 2, 2);
            } else if (page.startsWith("<meta", at) && isSpaceOrSlash(at + 5)) {
                at += 5;
                Optional<TextEncoding> named = meta();
                if (named.isPresent()) {
                    return named;
                }
            } else if (isLetter(at + 1) || (isAt('/', at + 1) && isLetter(at + 2))) {
                skipTag();
            } else if (isAt('!', at + 1) || isAt('/', at + 1) || isAt('?', at + 1)) {
                skipTo(">", at + 1, 0);
            }
        }
        return Optional.empty();
    }

    private Optional<TextEncoding> meta() {
        Map<String, String> attributes = new HashMap<>();
        for (Attribute next = attribute(); next != null; next = attribute()) {
            attributes.putIfAbsent(next.name, next.value);
        }
        if (at >= page.length()) {
            // The tag may go on behind what is looked at: then nothing is known of it.
            return Optional.empty();
        }
        String charset = attributes.get("charset");
        if (charset != null) {
            return encoding(charset);
        }
        String content = attributes.get("content");
        return content != null && "content-type".equals(attributes.get("http-equiv"))
                ? fromContent(content)
                : Optional.empty();
    }

    /// "Extracting a character encoding from a meta element".
    private static Optional<TextEncoding> fromContent(String content) {
        Matcher matcher = CHARSET_IN_CONTENT.matcher(content);
        if (!matcher.find()) {
            return Optional.empty();
        }
        for (int group = 1; group <= 3; group++) {
            if (matcher.group(group) != null) {
                return encoding(matcher.group(group));
            }
        }
        return Optional.empty();
    }

    /// A page that can be read so far is not UTF-16, whatever it says of itself.
    private static Optional<TextEncoding> encoding(String label) {
        return label.strip().equals("x-user-defined")
                ? Optional.of(TextEncoding.WINDOWS_1252)
                : TextEncoding.byLabel(label).map(found -> found.isWide() ? TextEncoding.UTF_8 : found);
    }

    private void skipTag() {
        while (at < page.length() && !isSpace(at) && !isAt('>', at)) {
            at++;
        }
        while (attribute() != null) {
            // Only their end matters: a value may hold what looks like a tag.
        }
    }

    private record Attribute(String name, String value) {}

    /// "Get an attribute"; null at the end of the tag, or of what is looked at.
    private @Nullable Attribute attribute() {
        while (isSpaceOrSlash(at)) {
            at++;
        }
        if (at >= page.length() || isAt('>', at)) {
            return null;
        }
        int nameStart = at;
        while (at < page.length() && !isSpaceOrSlash(at) && !isAt('>', at) && (!isAt('=', at) || at == nameStart)) {
            at++;
        }
        String name = page.substring(nameStart, at);
        skipSpaces();
        if (!isAt('=', at)) {
            return new Attribute(name, "");
        }
        at++;
        skipSpaces();
        return new Attribute(name, value());
    }

    private String value() {
        int start = at;
        if (isAt('"', at) || isAt('\'', at)) {
            int end = page.indexOf(page.charAt(at), at + 1);
            at = end < 0 ? page.length() : end + 1;
            return end < 0 ? "" : page.substring(start + 1, end);
        }
        while (at < page.length() && !isSpace(at) && !isAt('>', at)) {
            at++;
        }
        return page.substring(start, at);
    }

    private void skipTo(String end, int from, int past) {
        int found = page.indexOf(end, from);
        at = found < 0 ? page.length() : found + past;
    }

    private void skipSpaces() {
        while (isSpace(at)) {
            at++;
        }
    }

    private boolean isSpaceOrSlash(int index) {
        return isSpace(index) || isAt('/', index);
    }

    private boolean isSpace(int index) {
        return index < page.length() && "\t\n\f\r ".indexOf(page.charAt(index)) >= 0;
    }

    private boolean isLetter(int index) {
        return index < page.length() && page.charAt(index) >= 'a' && page.charAt(index) <= 'z';
    }

    private boolean isAt(char wanted, int index) {
        return index < page.length() && page.charAt(index) == wanted;
    }
}
