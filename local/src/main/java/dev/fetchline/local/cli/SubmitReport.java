package dev.fetchline.local.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.fetchline.local.submit.BadLines;
import dev.fetchline.local.submit.Delivery;
import dev.fetchline.local.submit.Submission.Packed;
import dev.fetchline.local.submit.SubmitSettings;
import dev.fetchline.local.target.Target;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a submit says.
///
/// @param bad lines that are left out
/// @param packed what is sent
/// @param beginNanos when reading began, by the JVM's clock
/// @param where the options that name the stack, each after a space, for the commands that it names
record SubmitReport(SubmitSettings settings, BadLines bad, Packed packed, long beginNanos, String where) {
    private static final JsonFactory JSON = new JsonFactory();

    /// Says which lines are bad.
    ///
    /// @throws CliException if there are some, and they are not to be skipped
    static void sayBad(StandardStreams streams, BadLines bad, boolean skip) {
        if (bad.count() == 0) {
            return;
        }
        List<String> lines = new ArrayList<>(bad.first());
        if (bad.count() > lines.size()) {
            lines.add("and %,d more".formatted(bad.count() - lines.size()));
        }
        String counts = counted(bad.count(), "bad line")
                + " (INVALID: %,d, REFUSED: %,d)".formatted(bad.invalid(), bad.refused());
        if (skip) {
            streams.say("%s left out:".formatted(counts));
            streams.sayBelow(lines);
        } else {
            streams.sayBelow(lines);
            throw CliException.usage("%s, so nothing was sent: mend the input, or leave them out with --skip-invalid."
                    .formatted(counts));
        }
    }

    void sayBegins(StandardStreams streams, Delivery delivery, Target target) {
        String rest =
                delivery.urlsBefore() == 0 ? "" : ", of which %,d were sent before".formatted(delivery.urlsBefore());
        streams.say("batch %s: %s%s, to %s.".formatted(settings.batchId(), amount(), rest, target.name()));
    }

    void saySent(StandardStreams streams, Delivery delivery, boolean json) {
        long sent = packed.urls() - delivery.urlsBefore();
        double seconds = seconds();
        streams.say("%s sent in %.1f s (%,.0f a second)%s%s."
                .formatted(
                        counted(sent, "URL"),
                        seconds,
                        sent / Math.max(seconds, 0.001),
                        packed.duplicates() == 0 ? "" : "; " + counted(packed.duplicates(), "duplicate") + " left out",
                        delivery.leftOutGroups() ? "; without MessageGroupId, which this queue does not take" : ""));
        print(streams, json, sent, delivery.urlsBefore());
        sayNext(streams);
    }

    void saySentBefore(StandardStreams streams, Delivery delivery, boolean json) {
        streams.say("the batch %s was sent before (begun at %s, %s): nothing was sent now."
                .formatted(
                        settings.batchId(),
                        delivery.begunAt().map(Object::toString).orElse("an unknown time"),
                        counted(packed.urls(), "URL")));
        print(streams, json, 0, packed.urls());
        sayNext(streams);
    }

    void sayWouldSend(StandardStreams streams, boolean json) {
        streams.say("would send %s; %s left out; %,d bytes of message bodies; done in %.1f s."
                .formatted(amount(), counted(packed.duplicates(), "duplicate"), packed.bytes(), seconds()));
        if (json) {
            print(streams, true, 0, 0);
        }
    }

    /// How far it got, and what to do.
    String howToGoOn(Delivery delivery) {
        return "%,d of %s sent; the same command with --batch-id %s goes on there"
                .formatted(delivery.urlsSent(), counted(packed.urls(), "URL"), ShellWord.of(settings.batchId()));
    }

    private void sayNext(StandardStreams streams) {
        String batch = where + " " + ShellWord.argument(settings.batchId());
        streams.sayBelow(
                List.of("watch it:       fetchline watch" + batch, "see its result: fetchline results" + batch));
    }

    private String amount() {
        return "%s of %s in %s%s"
                .formatted(
                        counted(packed.urls(), "URL"),
                        counted(packed.hosts(), "host"),
                        counted(packed.messageCount(), "message"),
                        packed.parts().count() == 0
                                ? ""
                                : " and " + counted(packed.parts().count(), "part"));
    }

    private static String counted(long count, String what) {
        return "%,d %s%s".formatted(count, what, count == 1 ? "" : "s");
    }

    private double seconds() {
        return Duration.ofNanos(System.nanoTime() - beginNanos).toMillis() / 1_000.0;
    }

    private void print(StandardStreams streams, boolean json, long sent, long sentBefore) {
        streams.out().println(json ? line(sent, sentBefore) : settings.batchId());
        streams.flushOut();
    }

    private String line(long sent, long sentBefore) {
        StringWriter line = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(line)) {
            generator.writeStartObject();
            generator.writeStringField("batchId", settings.batchId());
            generator.writeNumberField("urls", packed.urls());
            generator.writeNumberField("sent", sent);
            generator.writeNumberField("sentBefore", sentBefore);
            generator.writeNumberField("duplicates", packed.duplicates());
            generator.writeNumberField("invalid", bad.invalid());
            generator.writeNumberField("refused", bad.refused());
            generator.writeNumberField("hosts", packed.hosts());
            generator.writeNumberField("messages", packed.messageCount());
            generator.writeNumberField("parts", packed.parts().count());
            generator.writeNumberField("bytes", packed.bytes());
            generator.writeNumberField("seconds", seconds());
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }
}
