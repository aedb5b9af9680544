package dev.fetchline.local.cli;

import dev.fetchline.local.redrive.RedriveOutcome;
import dev.fetchline.local.redrive.RedrivePlan;
import dev.fetchline.local.redrive.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a redrive would do and what it did, for a person.
///
/// @param isBatch whether it sends records of a batch, and not dead letters
/// @param columns the terminal's width; no line of foreign text is longer
record RedriveReport(boolean isBatch, int columns) {
    private static final int LINES_MAX = 10;
    private static final String COUNTED = "  %,8d  ";
    private static final int COUNTED_COLUMNS = COUNTED.formatted(0).length();
    private static final int TEXT_COLUMNS_MIN = 30;
    private static final int ID_COLUMNS = 36;

    /// @param where what the messages or records are in, such as `the dead-letter queue of …`
    List<String> plan(String where, RedrivePlan plan) {
        List<String> lines = new ArrayList<>();
        if (plan.looked() == 0) {
            lines.add(
                    isBatch
                            ? "No record of " + where + " is meant: all are OK or left out by --where."
                            : "No message is on " + where + ".");
            return lines;
        }
        String first = plan.isMore() ? "the first " : "";
        lines.add(
                isBatch
                        ? "%s of %s %s meant:".formatted(count(plan.looked(), "record"), where, be(plan.looked()))
                        : "%s%s on %s:".formatted(first, count(plan.looked(), "message"), where));
        lines.addAll(counted(plan.reasons()));
        lines.add("");
        lines.add(
                isBatch
                        ? "To be sent again: %s.".formatted(count(plan.urls(), "URL"))
                        : "To be sent again: %s of %s."
                                .formatted(count(plan.urls(), "URL"), count(plan.sources(), "message")));
        lines.addAll(shown(plan));
        if (plan.withoutHeaders() > 0) {
            lines.add("Of these %s sent without the headers of the caller that %s had."
                    .formatted(
                            count(plan.withoutHeaders(), "URL") + " " + be(plan.withoutHeaders()),
                            plan.withoutHeaders() == 1 ? "it" : "they"));
        }
        if (plan.left().total() > 0) {
            lines.add("");
            lines.add("To stay where %s: %s."
                    .formatted(isOne(plan.left()), noun(plan.left().total())));
            lines.addAll(counted(plan.left()));
            lines.addAll(heldBack(plan));
        }
        return lines;
    }

    private List<String> heldBack(RedrivePlan plan) {
        List<String> lines = new ArrayList<>();
        if (plan.heldBack().isEmpty()) {
            return lines;
        }
        boolean isMore = plan.meantLeft() > plan.heldBack().size();
        lines.add(isMore ? "Held back, the first %d:".formatted(plan.heldBack().size()) : "Held back:");
        for (RedrivePlan.Shown one : plan.heldBack()) {
            // Its whole reason stands above.
            String why = one.reason().split("[,:] ", 2)[0];
            lines.add("  " + PrintableText.cut("%-28s  %s".formatted(why, one.name()), text(2)));
        }
        return lines;
    }

    private List<String> shown(RedrivePlan plan) {
        List<String> lines = new ArrayList<>();
        if (plan.sources() > plan.shown().size()) {
            lines.add("The first " + plan.shown().size() + ":");
        }
        for (RedrivePlan.Shown one : plan.shown()) {
            if (isBatch) {
                lines.add("  " + PrintableText.cut("%-24s  ".formatted(one.reason()) + one.name(), text(2)));
            } else {
                String id = PrintableText.cut(one.name(), ID_COLUMNS);
                String start = "  %-" + ID_COLUMNS + "s  %,6d %-4s  ";
                String head = start.formatted(id, one.urls(), one.urls() == 1 ? "URL" : "URLs");
                lines.add(head + PrintableText.cut(one.reason(), text(head.length())));
            }
        }
        return lines;
    }

    /// What was done, one sentence a line.
    List<String> outcome(RedriveOutcome outcome) {
        List<String> lines = new ArrayList<>();
        String ended = outcome.isInterrupted() ? "Stopped. " : "";
        lines.add(ended
                + "Sent again: %s in %s."
                        .formatted(count(outcome.urls(), "URL"), count(outcome.messages(), "message")));
        if (!isBatch) {
            lines.add("%s %s gone from the dead-letter queue%s."
                    .formatted(
                            count(outcome.sources(), "message"),
                            be(outcome.sources()),
                            outcome.split() == 0
                                    ? ""
                                    : "; of %,d the rest was put back there".formatted(outcome.split())));
        }
        if (outcome.undeleted() > 0) {
            lines.add("%s could not be deleted there and would be sent twice; nothing is lost by that."
                    .formatted(count(outcome.undeleted(), "message")));
        }
        if (outcome.failures().total() > 0) {
            lines.add("Not confirmed by the queue, so not taken from where they were: %s."
                    .formatted(count(outcome.failures().total(), "message")));
            lines.addAll(counted(outcome.failures()));
        }
        if (outcome.left().total() > 0) {
            lines.add("Left where %s: %s."
                    .formatted(isOne(outcome.left()), noun(outcome.left().total())));
            lines.addAll(counted(outcome.left()));
        }
        if (outcome.isAnyUnseen()) {
            lines.add(
                    "There may be more behind those that stay, which were not looked at: no more can be held at a time."
                            + " Delete or send some of these first.");
        }
        return lines;
    }

    private List<String> counted(Tally tally) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Long> one : tally.most(LINES_MAX)) {
            lines.add(COUNTED.formatted(one.getValue()) + PrintableText.cut(one.getKey(), text(COUNTED_COLUMNS)));
        }
        return lines;
    }

    private int text(int before) {
        return Math.max(TEXT_COLUMNS_MIN, columns - before);
    }

    private String noun(long count) {
        return count(count, isBatch ? "record" : "message");
    }

    private static String isOne(Tally tally) {
        return tally.total() == 1 ? "it is" : "they are";
    }

    private static String be(long count) {
        return count == 1 ? "is" : "are";
    }

    private static String count(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }
}
