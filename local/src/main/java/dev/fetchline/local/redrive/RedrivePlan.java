package dev.fetchline.local.redrive;

import java.util.ArrayList;
import java.util.List;

/// What a redrive would do: nothing is sent before it is shown.
public final class RedrivePlan {
    /// How many of what would be sent are shown.
    public static final int SHOWN_MAX = 10;

    private final Tally reasons = new Tally();
    private final Tally left = new Tally();
    private final List<Shown> shown = new ArrayList<>();
    private long looked;
    private long urls;
    private long sources;
    private boolean isMore;
    private final List<Shown> heldBack = new ArrayList<>();
    private long meantLeft;
    private long withoutHeaders;

    /// A message or record that would be sent again, or would be if it could.
    ///
    /// @param name id of the message, or the URL
    /// @param urls that it has
    /// @param reason why the message is dead, or what came of the URL; of what stays, why it does
    public record Shown(String name, long urls, String reason) {}

    void look(String reason) {
        looked++;
        reasons.add(reason, 1);
    }

    void send(String name, long itsUrls, String reason) {
        sources++;
        urls += itsUrls;
        if (shown.size() < SHOWN_MAX) {
            shown.add(new Shown(name, itsUrls, reason));
        }
    }

    void leave(String name, String why, boolean isMeant) {
        left.add(why, 1);
        if (isMeant) {
            meantLeft++;
            if (heldBack.size() < SHOWN_MAX) {
                heldBack.add(new Shown(name, 1, why));
            }
        }
    }

    void sendWithoutHeaders() {
        withoutHeaders++;
    }

    void more() {
        isMore = true;
    }

    /// Messages or records that were looked at.
    public long looked() {
        return looked;
    }

    /// Of these, how many would be sent again, in whole or in part.
    public long sources() {
        return sources;
    }

    /// URLs that would be sent again; a message that is sent as it is counts as one.
    public long urls() {
        return urls;
    }

    /// Why they are where they are: of all that were looked at.
    public Tally reasons() {
        return reasons;
    }

    /// Why what is not sent stays where it is.
    public Tally left() {
        return left;
    }

    /// The first ones that would be sent again.
    public List<Shown> shown() {
        return shown;
    }

    /// How many stay that would be sent if they could be.
    public long meantLeft() {
        return meantLeft;
    }

    /// The first ones of them, each with why it stays.
    public List<Shown> heldBack() {
        return heldBack;
    }

    /// URLs that are sent without the headers of the caller that they had.
    public long withoutHeaders() {
        return withoutHeaders;
    }

    /// Whether there is more than was looked at.
    public boolean isMore() {
        return isMore;
    }
}
