package dev.fetchline.record;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a document's `<meta>` elements say of its charset (HTML standard section 13.2.3.2, "prescan a byte stream to
/// determine its encoding").
final class HtmlPrescan {
    /// The dashes that open a comment may close it as well; one that nothing closes hides the rest.
    private static final Pattern COMMENT = Pattern.compile("<!--(?:-?>|.*?(?:-->|\\z))", Pattern.DOTALL);

    private static final Pattern META = Pattern.compile("<meta(?=[\\s/])", Pattern.CASE_INSENSITIVE);
    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\G[\\s/]*([^\\s/>=]+)(?:\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>\"'][^\\s>]*)))?");

    /// In the value of `content` ("extracting a character encoding from a meta element").
    private static final Pattern CHARSET = Pattern.compile(
            "charset\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s;\"'][^\\s;]*))", Pattern.CASE_INSENSITIVE);

    private HtmlPrescan() {}

    /// The charset of the first `<meta>` that names one we know.
    ///
    /// @param start of the document, a char for each byte
    static Optional<Charset> find(String start) {
        String text = COMMENT.matcher(start).replaceAll("");
        Matcher meta = META.matcher(text);
        while (meta.find()) {
            Optional<Charset> charset =
                    label(attributes(text.substring(meta.end()))).flatMap(CharsetLabels::find);
            if (charset.isPresent()) {
                return charset;
            }
        }
        return Optional.empty();
    }

    /// `content` counts only beside `http-equiv=content-type`: elsewhere it is the page's own text.
    private static Optional<String> label(Map<String, String> attributes) {
        String charset = attributes.get("charset");
        if (charset != null) {
            return Optional.of(charset);
        }
        if (!"content-type".equalsIgnoreCase(attributes.get("http-equiv"))) {
            return Optional.empty();
        }
        Matcher content = CHARSET.matcher(attributes.getOrDefault("content", ""));
        return content.find() ? Optional.of(firstGroup(content, 1)) : Optional.empty();
    }

    /// The attributes up to the tag's end by lower-case name; of two of a name the first counts.
    private static Map<String, String> attributes(String text) {
        Map<String, String> attributes = new HashMap<>();
        Matcher attribute = ATTRIBUTE.matcher(text);
        while (attribute.find()) {
            attributes.putIfAbsent(attribute.group(1).toLowerCase(Locale.ROOT), firstGroup(attribute, 2));
        }
        return attributes;
    }

    private static String firstGroup(Matcher matcher, int from) {
        for (int group = from; group < from + 3; group++) {
            String found = matcher.group(group);
            if (found != null) {
                return found;
            }
        }
        return "";
    }
}
