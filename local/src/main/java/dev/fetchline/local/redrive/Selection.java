package dev.fetchline.local.redrive;

import dev.fetchline.intake.DeferredItem;
import dev.fetchline.intake.Unreadable;
import dev.fetchline.local.batch.Where;
import java.util.ArrayList;
import java.util.List;

/// Decides what is sent again. It counts: past the highest number nothing more is.
final class Selection {
    static final String NOT_MEANT = "not meant by --where";
    static final String BEYOND_MAX = "beyond --max";
    static final String EMPTY = "holds no URLs";
    static final String TRUNCATED = "only the beginning of its body was kept: send the whole again from where it came";
    static final String UNREADABLE = "cannot be read as it is, so it would come back: mend what sends it, or use --raw";
    static final String UNKNOWN_VERSION =
            "of a later release than this one: use --raw once the function is of that release";

    private final Where where;
    private final boolean isRaw;
    private long left;

    /// @param where which URLs are meant, by their [DeadLetterRecord]
    /// @param isRaw whether what cannot be read is sent as it is
    /// @param max URLs at most; a message that is sent as it is counts as one
    Selection(Where where, boolean isRaw, long max) {
        this.where = where;
        this.isRaw = isRaw;
        this.left = max;
    }

    /// Whether there is nothing more to send.
    boolean isSpent() {
        return left <= 0;
    }

    Decision decide(DeadLetter letter) {
        List<DeferredItem> entries = letter.entries();
        // A body that was cut may still read as text: its last line is half a URL then.
        if (entries.isEmpty() || letter.isTruncated()) {
            return ofUnreadable(letter);
        }
        List<DeferredItem> meant = new ArrayList<>();
        List<DeferredItem> rest = new ArrayList<>();
        boolean isAnyBeyond = false;
        for (DeferredItem entry : entries) {
            boolean isMeant = where.matches(DeadLetterRecord.of(letter, entry));
            boolean isBeyond = isMeant && left <= 0;
            isAnyBeyond |= isBeyond;
            if (isMeant && !isBeyond) {
                left--;
                meant.add(entry);
            } else {
                rest.add(entry);
            }
        }
        return meant.isEmpty()
                ? new Decision.Leave(isAnyBeyond ? BEYOND_MAX : NOT_MEANT, false)
                : new Decision.Send(meant, rest);
    }

    private Decision ofUnreadable(DeadLetter letter) {
        if (!where.matches(DeadLetterRecord.of(letter))) {
            return new Decision.Leave(NOT_MEANT, false);
        }
        if (letter.isTruncated()) {
            return new Decision.Leave(TRUNCATED, true);
        }
        if (isRaw) {
            return left-- > 0 ? new Decision.SendAsIs() : new Decision.Leave(BEYOND_MAX, false);
        }
        return switch (letter.intake()) {
            case Unreadable _ -> new Decision.Leave(UNREADABLE, true);
            case dev.fetchline.intake.UnknownVersion _ -> new Decision.Leave(UNKNOWN_VERSION, true);
            default -> new Decision.Leave(EMPTY, true);
        };
    }
}
