package dev.fetchline.local.status;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The lines of a function's log that a person should see: warnings and errors of its own, the first lines of stack
/// traces, and what the local stack remarks on environments that ended.
final class LastErrors {
    /// Of the end of the log. An invocation writes one line of about 2 KB.
    private static final int TAIL_BYTES_MAX = 1 << 20;

    private static final JsonFactory JSON = new JsonFactory();

    private static final Pattern REMARK =
            Pattern.compile("\\[fetchline-local] (.*(?:did not start|is killed|ended by itself|is left to its).*)");

    private static final Pattern THROWN = Pattern.compile(
            "(?:Exception in thread .*|Caused by: .*|(?:[a-z][A-Za-z0-9_]*\\.)+[A-Z]\\w*(?:Exception|Error)\\b.*)");

    /// A field that says what went wrong, the first of these that a line has.
    private static final List<String> DETAILS = List.of("reason", "detail", "refusal");

    private LastErrors() {}

    /// The last ones, latest last; none where the log cannot be read.
    static List<String> of(Path log, int most) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - TAIL_BYTES_MAX));
            byte[] tail = new byte[(int) Math.min(TAIL_BYTES_MAX, file.length() - file.getFilePointer())];
            file.readFully(tail);
            return of(new String(tail, StandardCharsets.UTF_8), most);
        } catch (IOException _) {
            return List.of();
        }
    }

    static List<String> of(String log, int most) {
        Deque<String> last = new ArrayDeque<>();
        log.lines()
                .forEach(line -> sentence(line).ifPresent(sentence -> {
                    last.add(sentence);
                    if (last.size() > most) {
                        last.removeFirst();
                    }
                }));
        return new ArrayList<>(last);
    }

    private static Optional<String> sentence(String line) {
        if (line.startsWith("{")) {
            return ofJson(line);
        }
        var remark = REMARK.matcher(line);
        if (remark.matches()) {
            return Optional.of(remark.group(1));
        }
        return THROWN.matcher(line).matches() ? Optional.of(line) : Optional.empty();
    }

    private static Optional<String> ofJson(String line) {
        Map<String, String> fields = new TreeMap<>();
        try (JsonParser json = JSON.createParser(line)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.VALUE_STRING) {
                    fields.put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException _) {
            // The first line of the tail may be cut, the last one not yet whole.
            return Optional.empty();
        }
        String level = fields.getOrDefault("level", "");
        if (!level.equals("WARN") && !level.equals("ERROR")) {
            return Optional.empty();
        }
        String detail = DETAILS.stream()
                .filter(fields::containsKey)
                .findFirst()
                .map(name -> ": " + fields.get(name))
                .orElse("");
        return Optional.of(fields.getOrDefault("timestamp", "") + " " + fields.getOrDefault("event", level) + detail);
    }
}
