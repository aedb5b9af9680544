package dev.fetchline.local.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.fetchline.local.status.StackStatus;
import dev.fetchline.local.status.StackStatus.Depth;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How a stack is doing, for a person and for a program.
///
/// @param where options that name the stack, each after a space, for commands to paste
/// @param columns the terminal's width; no line of foreign text is longer
record StatusText(StackStatus status, int columns, String where) {
    StatusText(StackStatus status, int columns) {
        this(status, columns, "");
    }

    private static final JsonFactory JSON = new JsonFactory();
    private static final String UNKNOWN = "unknown here";
    private static final String INDENT = "  ";

    List<String> lines() {
        Depth queue = status.queue();
        List<String> lines = new ArrayList<>();
        lines.add(PrintableText.of(status.name()));
        lines.add(line("queue", depth(queue)));
        // CloudWatch is some minutes behind: an age of then says nothing of a queue that is empty now.
        String oldest = status.oldest().map(StatusText::age).orElse(UNKNOWN);
        lines.add(line("oldest message", queue.all() == 0 ? "no message" : oldest));
        lines.add(line("dead letters", deadLetters(status.deadLetters())));
        lines.add(line(
                "environments", number(status.environments().stream().boxed().toList())));
        lines.add(line(
                "failed invocations",
                status.failedInvocations().isPresent()
                        ? number(List.of(status.failedInvocations().getAsLong())) + " in the last "
                                + StackStatus.RECENT.toMinutes() + " minutes"
                        : UNKNOWN));
        if (!status.lastErrors().isEmpty()) {
            lines.add("");
            lines.add("Last errors:");
            status.lastErrors()
                    .forEach(error -> lines.add(INDENT + PrintableText.cut(error, columns - INDENT.length())));
        }
        if (!status.notes().isEmpty()) {
            lines.add("");
            status.notes().forEach(note -> lines.add(PrintableText.of(note)));
        }
        status.logCommand().ifPresent(command -> {
            lines.add("");
            lines.add("The function's log:");
            lines.add(INDENT + command);
        });
        return lines;
    }

    private static String line(String name, String value) {
        return "  %-20s%s".formatted(name, value);
    }

    private static String depth(Depth depth) {
        return String.format(
                Locale.ROOT,
                "%,d waiting, %,d in flight, %,d delayed",
                depth.waiting(),
                depth.inFlight(),
                depth.delayed());
    }

    private String deadLetters(Depth depth) {
        String count = String.format(Locale.ROOT, "%,d", depth.all());
        return depth.all() == 0
                ? count
                : count + ": fetchline redrive --from dead-letter --dry-run" + where + " shows their reasons";
    }

    /// In its two largest units.
    private static String age(Duration age) {
        long seconds = age.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return "%d min %d s".formatted(seconds / 60, seconds % 60);
        }
        return seconds < 86_400
                ? "%d h %d min".formatted(seconds / 3_600, seconds / 60 % 60)
                : "%d d %d h".formatted(seconds / 86_400, seconds / 3_600 % 24);
    }

    private static String number(List<Long> known) {
        return known.isEmpty() ? UNKNOWN : String.format(Locale.ROOT, "%,d", known.getFirst());
    }

    String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("stack", status.name());
            write(json, "queue", status.queue());
            if (status.oldest().isPresent()) {
                json.writeNumberField("oldestSeconds", status.oldest().get().toSeconds());
            }
            write(json, "deadLetters", status.deadLetters());
            if (status.environments().isPresent()) {
                json.writeNumberField("environments", status.environments().getAsLong());
            }
            if (status.failedInvocations().isPresent()) {
                json.writeNumberField(
                        "failedInvocations", status.failedInvocations().getAsLong());
            }
            write(json, "lastErrors", status.lastErrors());
            write(json, "notes", status.notes());
            if (status.logCommand().isPresent()) {
                json.writeStringField("logCommand", status.logCommand().get());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, String name, Depth depth) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("waiting", depth.waiting());
        json.writeNumberField("inFlight", depth.inFlight());
        json.writeNumberField("delayed", depth.delayed());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
