package dev.fetchline.local.cost;

/// What a month brings.
///
/// @param urls in the month
/// @param urlsPerMessage how they are packed
/// @param urlBytes of a URL, in the mean
/// @param hosts that the URLs of one invocation are spread over
/// @param answers how long they take
/// @param cpuMicros that the function takes for a URL, microseconds
/// @param recordKb of a record, by DynamoDB's rules
/// @param deferredShare of the URLs that go back to the queue once, 0 to 1
public record Load(
        long urls,
        int urlsPerMessage,
        int urlBytes,
        int hosts,
        Answers answers,
        double cpuMicros,
        double recordKb,
        double deferredShare) {
    /// `{"batchId":"…","urls":[…]}` without its URLs.
    private static final int ENVELOPE_BYTES = 60;

    /// Quotes and comma.
    private static final int BETWEEN_BYTES = 3;

    /// The same with another number of URLs to a message.
    Load packedBy(int number) {
        return new Load(urls, number, urlBytes, hosts, answers, cpuMicros, recordKb, deferredShare);
    }

    /// The same of a slower web.
    Load slowedBy(double factor) {
        return new Load(
                urls, urlsPerMessage, urlBytes, hosts, answers.slowedBy(factor), cpuMicros, recordKb, deferredShare);
    }

    /// Messages that hold the URLs.
    long messages() {
        return Math.ceilDiv(urls, urlsPerMessage);
    }

    /// Bytes of a message.
    long messageBytes() {
        return ENVELOPE_BYTES + (long) urlsPerMessage * (urlBytes + BETWEEN_BYTES);
    }

    /// URLs that are worked on, those that come back counted again.
    double worked() {
        return urls * (1 + deferredShare);
    }

    /// Write request units of a record.
    long writeUnits() {
        return Math.max(1, (long) Math.ceil(recordKb));
    }
}
