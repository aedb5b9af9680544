package dev.fetchline.local.cli;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.local.batch.FetchRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Says that a run only waits, and until when: a server may ask for an hour, and a command that is silent for so long
/// seems to hang.
final class WaitNotice {
    /// Waits that follow each other are not announced more often; one that ends so much later than was said, at once.
    private static final Duration BETWEEN_NOTICES = Duration.ofMinutes(1);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int URL_CHARS_MAX = 200;
    private static final int CAUSE_COLUMNS_MAX = 120;
    private static final int HEADER_COLUMNS_MAX = 40;

    private final long total;
    private final InstantSource clock;
    private final Consumer<String> say;
    private @Nullable Waiting said;
    private Instant saidAt = Instant.MIN;

    /// @param total of the URLs of the run
    /// @param say takes a sentence
    WaitNotice(long total, InstantSource clock, Consumer<String> say) {
        this.total = total;
        this.clock = clock;
        this.say = say;
    }

    /// What is waited for.
    ///
    /// @param retrying URLs that were tried
    /// @param untried URLs that were not, and so have no record
    /// @param firstAt when the first of the tried ones is due
    private record Waiting(
            long retrying, long untried, @Nullable Instant firstAt) {
        private boolean endsLaterThan(Waiting before) {
            return firstAt != null && before.firstAt != null && firstAt.isAfter(before.firstAt.plus(BETWEEN_NOTICES));
        }
    }

    /// Takes a look at the run, and speaks if it is news that it waits.
    void seen(RunLook look) {
        // By an earlier look's records it would say what is no longer so.
        if (!look.onlyWaits() || !look.isRetryingCurrent()) {
            return;
        }
        Waiting waiting = new Waiting(
                look.retrying().count(),
                Math.max(0, total - look.records()),
                look.retrying().firstAt());
        if (isNews(waiting)) {
            said = waiting;
            saidAt = clock.instant();
            say.accept(sentence(waiting, look));
        }
    }

    private boolean isNews(Waiting waiting) {
        Waiting before = said;
        if (before == null || waiting.endsLaterThan(before)) {
            return true;
        }
        return !waiting.equals(before) && !clock.instant().isBefore(saidAt.plus(BETWEEN_NOTICES));
    }

    private static String sentence(Waiting waiting, RunLook look) {
        if (waiting.retrying() > 0) {
            String others = waiting.untried() > 0 ? ", and %d more for their turn".formatted(waiting.untried()) : "";
            return nextTry(look.retrying()) + others
                    + "; Ctrl-C ends the run, --set FETCH_RETRY_WAIT_MAX_MS=... shortens such waits.";
        }
        if (waiting.untried() > 0) {
            return "%s for the turn of %s; Ctrl-C ends the run."
                    .formatted(urlsWait(waiting.untried()), waiting.untried() == 1 ? "its host" : "their hosts");
        }
        // Such as the deferral of a message that came a second time.
        return "every URL has its record, and messages on the queue: %d; the run ends when they are seen to, or with Ctrl-C."
                .formatted(look.queue().all());
    }

    private static String nextTry(RetryingRecords retrying) {
        boolean one = retrying.count() == 1;
        String wait = urlsWait(retrying.count()) + " for " + (one ? "its" : "their") + " next try";
        FetchRecord first = retrying.first();
        Instant at = retrying.firstAt();
        return first == null || at == null
                ? wait
                : "%s, %s %s (%s: %s)"
                        .formatted(
                                wait,
                                one ? "at" : "the first at",
                                TIME.format(at),
                                FetchUrl.redact(first.shownUrl(), URL_CHARS_MAX),
                                causeOf(first));
    }

    private static String urlsWait(long count) {
        return count == 1 ? "1 URL waits" : count + " URLs wait";
    }

    /// Such as `HTTP 503, told to wait 3600 s`.
    private static String causeOf(FetchRecord first) {
        String error = first.error();
        Long status = first.number("httpStatus");
        String outcome = error == null ? status == null ? "to be tried again" : "HTTP " + status : error;
        FetchRecord.RetryAfter told = first.retryAfter();
        return PrintableText.cut(outcome, CAUSE_COLUMNS_MAX) + (told == null ? "" : ", " + toldBy(told));
    }

    private static String toldBy(FetchRecord.RetryAfter told) {
        long seconds = Math.ceilDiv(told.waitMs(), 1_000L);
        return switch (told.reading()) {
            case "AS_SAID" -> "told to wait %d s".formatted(seconds);
            case "CLAMPED" -> "told Retry-After: %s, cut to %d s".formatted(shown(told.header()), seconds);
            default -> "told Retry-After: %s, which is not understood".formatted(shown(told.header()));
        };
    }

    private static String shown(String header) {
        return PrintableText.cut(header, HEADER_COLUMNS_MAX);
    }
}
