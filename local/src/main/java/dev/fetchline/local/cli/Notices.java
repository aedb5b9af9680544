package dev.fetchline.local.cli;

/// What everyone who fetches must know; plain words in the help of `run`, `up` and `demo`, the waits not in the last.
final class Notices {
    static final String LIMITS_PER_HOST = "Limits per host are per environment: a site sees limit x concurrency.";
    static final String ROBOTS = "robots.txt is not read: fetch only what you may.";
    static final String PARTITION = "One batchId is one partition of the table: about 1,000 KB of records a second.";
    static final String WAITS = "A busy server may make a URL wait, by default up to an hour at a time and 24 hours in"
            + " all; its record is RETRYING until then (FETCH_RETRY_WAIT_MAX_MS and FETCH_AGE_MAX_HOURS shorten it).";

    private Notices() {}
}
