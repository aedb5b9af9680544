package dev.fetchline.local.results;

import dev.fetchline.local.batch.FetchRecord;
import org.HdrHistogram.PackedHistogram;

/// What one host did with a batch's URLs.
public final class HostFigures {
    /// Durations are told within one in a hundred.
    private static final int DIGITS = 2;

    private final PackedHistogram durationsMs = new PackedHistogram(DIGITS);
    private long urls;
    private long ok;
    private long tooMany;
    private long retries;
    private long bytes;
    private long refused;

    HostFigures() {}

    void add(FetchRecord fetched) {
        urls++;
        ok += fetched.isOk() ? 1 : 0;
        refused += fetched.status().equals("REFUSED") ? 1 : 0;
        tooMany += number(fetched, "httpStatus") == 429 ? 1 : 0;
        retries += Math.max(0, number(fetched, "attempts") - 1);
        bytes += number(fetched, "bodyBytes");
        Long tookMs = fetched.number("durationMs");
        if (tookMs != null) {
            durationsMs.recordValue(Math.max(0, tookMs));
        }
    }

    private static long number(FetchRecord fetched, String name) {
        Long value = fetched.number(name);
        return value == null ? 0 : value;
    }

    /// Records of the host.
    public long urls() {
        return urls;
    }

    /// Those that are OK.
    public long ok() {
        return ok;
    }

    /// The share of those that are OK, 0 to 1.
    public double okShare() {
        return urls == 0 ? 0 : (double) ok / urls;
    }

    /// The milliseconds that `percent` of the last attempts did not exceed, within one in a hundred; 0 where none was
    /// made.
    public long percentileMs(double percent) {
        return durationsMs.getTotalCount() == 0 ? 0 : durationsMs.getValueAtPercentile(percent);
    }

    /// Whether any attempt was made whose time is known.
    public boolean isTimed() {
        return durationsMs.getTotalCount() > 0;
    }

    /// Records that end, or wait, with a 429 (Too Many Requests).
    public long tooMany() {
        return tooMany;
    }

    /// Attempts beyond the first.
    public long retries() {
        return retries;
    }

    /// Of decoded bodies.
    public long bytes() {
        return bytes;
    }

    /// URLs that policy refused, at once or after a redirect.
    public long refused() {
        return refused;
    }
}
