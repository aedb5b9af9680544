package dev.fetchline.local.redrive;

/// What a redrive did.
public final class RedriveOutcome {
    private final Tally left = new Tally();
    private final Tally failures = new Tally();
    private long urls;
    private long messages;
    private long sources;
    private long split;
    private long undeleted;
    private boolean isAnyMeantLeft;
    private boolean isAnyUnseen;
    private boolean isInterrupted;

    void sent(long itsUrls, long itsMessages) {
        urls += itsUrls;
        messages += itsMessages;
    }

    void done(boolean isSplit) {
        sources++;
        split += isSplit ? 1 : 0;
    }

    void leave(String why, boolean isMeant) {
        left.add(why, 1);
        isAnyMeantLeft |= isMeant;
    }

    void fail(String why) {
        failures.add(why, 1);
    }

    void undeleted(long count) {
        undeleted += count;
    }

    void unseen() {
        isAnyUnseen = true;
    }

    void interrupted() {
        isInterrupted = true;
    }

    /// URLs in messages that the queue has confirmed.
    public long urls() {
        return urls;
    }

    /// Messages that the queue has confirmed.
    public long messages() {
        return messages;
    }

    /// Dead letters that are gone from the dead-letter queue, or records whose URL was sent.
    public long sources() {
        return sources;
    }

    /// Of the dead letters, how many left a rest as a new message of the dead-letter queue.
    public long split() {
        return split;
    }

    /// Dead letters that were sent again and could not be deleted: they are there still.
    public long undeleted() {
        return undeleted;
    }

    /// Why what was not sent stays where it is.
    public Tally left() {
        return left;
    }

    /// What the queue did not confirm, by what it said.
    public Tally failures() {
        return failures;
    }

    /// Whether there may be dead letters that were not looked at, because as many as can be held stay where they are.
    public boolean isAnyUnseen() {
        return isAnyUnseen;
    }

    /// Whether a signal ended it before its end.
    public boolean isInterrupted() {
        return isInterrupted;
    }

    /// Whether all that was meant was sent.
    public boolean isWhole() {
        return !isAnyMeantLeft && !isAnyUnseen && failures.total() == 0 && undeleted == 0;
    }
}
