package dev.fetchline.local.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// `docs/cost.md`: what stands between its two markers is written by `./fetchline cost --save` and by nothing else.
public final class CostPage {
    private static final String BEGIN = "<!-- written by ./fetchline cost --save: begin -->\n";
    private static final String END = "<!-- end -->";

    private CostPage() {}

    /// The part between the markers.
    ///
    /// @param reports lines by heading, in order
    public static String generated(Map<String, List<String>> reports) {
        StringBuilder text = new StringBuilder();
        reports.forEach((heading, lines) -> text.append("\n### ")
                .append(heading)
                .append("\n\n```\n")
                .append(String.join("\n", lines))
                .append("\n```\n"));
        return text.append('\n').toString();
    }

    /// What stands between the markers of the page.
    ///
    /// @throws CostException if it cannot be read, or has not both markers
    public static String read(Path page) {
        String text = textOf(page);
        return text.substring(begin(page, text), end(page, text));
    }

    /// Puts `generated` between the markers.
    ///
    /// @throws CostException if the page cannot be read or written, or has not both markers
    public static void save(Path page, String generated) {
        String text = textOf(page);
        String changed = text.substring(0, begin(page, text)) + generated + text.substring(end(page, text));
        try {
            Files.writeString(page, changed);
        } catch (IOException e) {
            throw new CostException("%s cannot be written.".formatted(page));
        }
    }

    private static String textOf(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new CostException("%s cannot be read.".formatted(page));
        }
    }

    private static int begin(Path page, String text) {
        int at = text.indexOf(BEGIN);
        if (at < 0) {
            throw new CostException("%s has no line \"%s\".".formatted(page, BEGIN.strip()));
        }
        return at + BEGIN.length();
    }

    private static int end(Path page, String text) {
        int at = text.indexOf(END, begin(page, text));
        if (at < 0) {
            throw new CostException("%s has no line \"%s\".".formatted(page, END));
        }
        return at;
    }
}
