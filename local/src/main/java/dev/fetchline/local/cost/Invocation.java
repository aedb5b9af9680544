package dev.fetchline.local.cost;

/// One invocation of the function with a full batch.
///
/// @param urls in it
/// @param cpuMs that its CPU work takes at the share of CPU that the memory gives, milliseconds
/// @param waitMs until the last answer is there, in the mean, milliseconds
/// @param billedMs the longer of the two and the tail, rounded up to the millisecond
record Invocation(long urls, double cpuMs, double waitMs, long billedMs) {
    /// From the last answer to the invocation's end: records wait up to 20 ms for others, and one `BatchWriteItem`
    /// follows.
    static final double TAIL_MS = 60;

    /// An event's size at most.
    static final long EVENT_BYTES_MAX = 6_000_000;

    /// What a batch comes to.
    static Invocation of(Load load, Setting setting) {
        long fitting = Math.max(1, EVENT_BYTES_MAX / load.messageBytes());
        long messages = Math.min(Math.min(setting.batch(), fitting), load.messages());
        return ofUrls(Math.min(load.urls(), messages * load.urlsPerMessage()), load, setting);
    }

    /// The same for so many URLs.
    static Invocation ofUrls(long urls, Load load, Setting setting) {
        double cpuMs = urls * load.cpuMicros() / 1_000 / setting.vcpus();
        double waitMs = load.answers().waitMs(urls, setting.requestsAtOnce(load.hosts()));
        return new Invocation(urls, cpuMs, waitMs, (long) Math.ceil(Math.max(cpuMs, waitMs) + TAIL_MS));
    }

    /// Invocations that a month takes.
    long count(Load load) {
        return (long) Math.ceil(load.worked() / urls);
    }
}
