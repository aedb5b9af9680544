package dev.fetchline.local.chaos;

import java.util.SplittableRandom;

/// How a page of the chaos web behaves, and what its record must say in the end.
enum Temper {
    /// Answers at once.
    PLAIN(770, "OK", 200),
    /// Answers late.
    SLOW(60, "OK", 200),
    /// Is not there.
    MISSING(50, "HTTP_ERROR", 404),
    /// Answers 500 a few times, then well.
    FLAKY(40, "OK", 200),
    /// Answers 503 with Retry-After a few times, then well.
    BUSY(40, "OK", 200),
    /// Resets the connection once or twice, then answers.
    CUTTING(25, "OK", 200),
    /// Says nothing the first time, then answers.
    STALLING(2, "OK", 200),
    /// Answers 500 for ever.
    BROKEN(8, "HTTP_ERROR", 500),
    /// Resets every connection.
    DEAD(5, "FAILED", 0);

    /// How many of a thousand pages are so.
    private final int share;

    private final String status;
    private final int httpStatus;

    Temper(int share, String status, int httpStatus) {
        this.share = share;
        this.status = status;
        this.httpStatus = httpStatus;
    }

    /// The temper of page `number`: the same for the same seed, always.
    static Temper of(long seed, int number) {
        int drawn = new SplittableRandom(seed * 1_000_003L + number).nextInt(1_000);
        for (Temper temper : values()) {
            drawn -= temper.share;
            if (drawn < 0) {
                return temper;
            }
        }
        return PLAIN;
    }

    /// How often it fails before it answers well; fewer times than there are attempts.
    int failuresFirst(long seed, int number) {
        return switch (this) {
            case FLAKY, BUSY, CUTTING -> 1 + (int) Math.floorMod(seed + number, 2L);
            case STALLING -> 1;
            default -> 0;
        };
    }

    /// The record's `status`.
    String status() {
        return status;
    }

    /// The record's `httpStatus`; 0 for none.
    int httpStatus() {
        return httpStatus;
    }

    /// Whether one good answer is the end of it: a further request is then one more than needed.
    boolean endsWithOneAnswer() {
        return this != BROKEN && this != DEAD;
    }
}
