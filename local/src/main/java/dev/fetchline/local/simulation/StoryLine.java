package dev.fetchline.local.simulation;

import java.util.Map;

/// An event as a line for people.
final class StoryLine {
    private static final int BODY_CHARS_MAX = 160;

    private StoryLine() {}

    static String of(Event event, String url) {
        return switch (event) {
            case Event.Submitted it -> "sender: message %s %s".formatted(it.message(), shortened(it.body()));
            case Event.Deferred it ->
                "%s: defers in message %s, delay %d s, %s"
                        .formatted(it.invocation(), it.message(), it.delaySeconds(), shortened(it.body()));
            case Event.SendFailed it -> "%s: a send: %s".formatted(it.invocation(), it.how());
            case Event.Received it ->
                "queue: hands %s to %s, receive %d".formatted(it.message(), it.invocation(), it.receiveCount());
            case Event.HandedOutTwice it -> "queue: will hand out %s again meanwhile".formatted(it.message());
            case Event.Deleted it -> "queue: %s deleted for %s".formatted(it.message(), it.invocation());
            case Event.DeleteLost it ->
                "queue: the delete of %s by %s is lost".formatted(it.message(), it.invocation());
            case Event.Redriven it ->
                "queue: %s to the dead-letter queue at receive %d".formatted(it.message(), it.receiveCount());
            case Event.Quarantined it ->
                "%s: quarantines %s: %s".formatted(it.invocation(), it.originalMessage(), it.reason());
            case Event.Wrote it ->
                "table: %s by %s%s; before: %s"
                        .formatted(row(it.after()), it.invocation(), it.conditional() ? " (if)" : "", row(it.before()));
            case Event.WriteFailed it ->
                "table: not written for %s (%s): %s".formatted(it.invocation(), it.how(), row(it.row()));
            case Event.Read it -> "table: tells %s %s".formatted(it.invocation(), told(it.rows(), url));
            case Event.Resolved it ->
                "names: %s has a %s address".formatted(it.host(), it.denied() ? "denied" : "good");
            case Event.Unresolved it -> "names: %s not resolved".formatted(it.host());
            case Event.Requested it ->
                "%s: requests %s (request %d)".formatted(it.invocation(), it.url(), it.request());
            case Event.Responded it -> "web: status %d to request %d".formatted(it.status(), it.request());
            case Event.RequestEnded it -> "web: request %d ended: %s".formatted(it.request(), it.how());
            case Event.Invoked it ->
                "%s: begins in %s with %s, deadline %s"
                        .formatted(it.invocation(), it.environment(), it.messages(), Story.time(it.deadline()));
            case Event.Answered it -> "%s: ends, reports back %s".formatted(it.invocation(), it.reportedBack());
            case Event.ResponseLost it -> "%s: its response is lost".formatted(it.invocation());
            case Event.Killed it -> "%s: killed in %s, %s".formatted(it.environment(), it.invocation(), it.why());
            case Event.Frozen it ->
                "%s: frozen in %s until %s".formatted(it.environment(), it.invocation(), Story.time(it.until()));
        };
    }

    private static String told(Map<Key, Row> rows, String url) {
        StringBuilder told = new StringBuilder("of %d records".formatted(rows.size()));
        rows.forEach((key, row) -> {
            if (key.url().equals(url)) {
                told.append(", ").append(key.batchId()).append(" is ").append(row(row));
            }
        });
        return told.toString();
    }

    private static String row(@org.jspecify.annotations.Nullable Row row) {
        return row == null
                ? "nothing"
                : "%s%s%s of request %d, hop %d"
                        .formatted(
                                row.status(),
                                row.httpStatus() == null ? "" : " " + row.httpStatus(),
                                row.errorKind() == null ? "" : " " + row.errorKind(),
                                row.requestedAt() - World.EPOCH_MILLIS,
                                row.hop());
    }

    private static String shortened(String text) {
        return text.length() <= BODY_CHARS_MAX ? text : text.substring(0, BODY_CHARS_MAX) + "…";
    }
}
