package dev.fetchline.lambda;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.fetchline.queue.QueueMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads Lambda's event of a batch of SQS messages (its developer guide, "Using Lambda with Amazon SQS") as our own
/// messages. Names are as they stand there, in that spelling; of a field that stands twice the last one counts.
final class SqsEventReader {
    private static final String AN_EVENT = "an SQS event: {\"Records\":[{\"messageId\":…,\"body\":…}]}";

    private SqsEventReader() {}

    /// The messages of an event, in its order.
    ///
    /// @param event one JSON value in UTF-8
    /// @param now when a message was sent that does not say so: with none at all, each record that is there already
    ///     would stand above it
    /// @throws IllegalArgumentException with one sentence where the event is not one of SQS
    /// @throws IOException where `event` cannot be read
    static List<QueueMessage> read(InputStream event, Instant now) throws IOException {
        try (EventJson json = EventJson.of(event)) {
            List<QueueMessage> messages = messages(json, now);
            if (!json.endsHere()) {
                throw new IllegalArgumentException("found more behind the event, expected " + AN_EVENT);
            }
            if (messages == null) {
                throw new IllegalArgumentException("found an event without Records, expected " + AN_EVENT);
            }
            return messages;
        } catch (JacksonException fault) {
            throw new IllegalArgumentException(notJson(fault), fault);
        } catch (CharacterCodingException fault) {
            throw new IllegalArgumentException("found an event that is not UTF-8, expected " + AN_EVENT, fault);
        }
    }

    private static @Nullable List<QueueMessage> messages(EventJson json, Instant now) throws IOException {
        if (!json.isObject()) {
            json.skip();
            return null;
        }
        List<QueueMessage> messages = null;
        for (String name = json.nextField(); name != null; name = json.nextField()) {
            if (name.equals("Records")) {
                messages = records(json, now);
            } else {
                json.skip();
            }
        }
        return messages;
    }

    private static @Nullable List<QueueMessage> records(EventJson json, Instant now) throws IOException {
        if (!json.enterArray()) {
            return null;
        }
        List<QueueMessage> messages = new ArrayList<>();
        while (json.nextElement()) {
            messages.add(SqsRecordReader.read(json, now));
        }
        return messages;
    }

    /// The parser's own texts span lines, and name its classes and settings: only the place is taken from it.
    private static String notJson(JacksonException fault) {
        if (fault instanceof StreamConstraintsException) {
            return "found an event that is nested too deep, or has a name or a number too long, expected " + AN_EVENT;
        }
        JsonLocation at = fault.getLocation();
        return "found an event that is not JSON at line " + at.getLineNr() + ", column " + at.getColumnNr()
                + ", expected " + AN_EVENT;
    }
}
