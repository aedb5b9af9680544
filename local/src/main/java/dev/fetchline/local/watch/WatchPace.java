package dev.fetchline.local.watch;

import java.time.Duration;

/// How often a watcher looks, and how long it waits for what comes late.
///
/// @param rows between two looks at rows of progress, at least
/// @param queue between two looks at the queues
/// @param records between two readings of all records, for a batch without rows, at least
/// @param silent how long after a batch was submitted its first row may come; without one by then it
///     has none
/// @param still how long the queue is empty and no row comes, until no more is waited for
/// @param late how long after the last row another may come
/// @param unitsPerSecond read units that looking may take on average
public record WatchPace(
        Duration rows,
        Duration queue,
        Duration records,
        Duration silent,
        Duration still,
        Duration late,
        double unitsPerSecond) {
    /// Rows that appear later than one of a later time do so within an invocation's time.
    static final Duration OVERLAP = Duration.ofMinutes(2);

    /// The longest that a message is delayed and then hidden, and some: nothing that is alive rests for
    /// longer.
    static final Duration STUCK = Duration.ofMinutes(35);

    /// What an hour of watching may cost, in dollars; a fifth of it is kept for SQS and for the reading
    /// at the end.
    static final double USD_AN_HOUR_MAX = 0.05;

    /// On this machine, where nothing is billed and counts of messages are exact.
    public static WatchPace local() {
        return new WatchPace(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                Duration.ofSeconds(3),
                Duration.ofSeconds(3),
                Double.POSITIVE_INFINITY);
    }

    /// On AWS. SQS' counts are right within a minute of the last message
    /// (<https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html>).
    public static WatchPace billed(double readUnitUsd) {
        return new WatchPace(
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofMinutes(3),
                Duration.ofSeconds(75),
                Duration.ofSeconds(30),
                USD_AN_HOUR_MAX * 0.8 / 3600 / readUnitUsd);
    }

    /// How long to pause after a look that took so many units.
    Duration after(double units, Duration least) {
        Duration paid = Duration.ofMillis((long) Math.ceil(units / unitsPerSecond * 1000));
        return paid.compareTo(least) > 0 ? paid : least;
    }
}
