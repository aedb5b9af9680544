package dev.fetchline.local.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// What the web served and what the table was given in one run, by the number of the URL.
final class Ledger {
    private static final int FAULTS_MAX = 3;

    private final Pages pages;
    private final AtomicIntegerArray served;
    private final AtomicLongArray recordedAt;
    private final AtomicInteger recorded = new AtomicInteger();
    private final AtomicInteger again = new AtomicInteger();
    private final AtomicLong recordBytes = new AtomicLong();
    private final List<String> faults = new ArrayList<>();
    private final Set<String> attributes = new TreeSet<>();

    /// @param urls numbered from 0
    Ledger(Pages pages, int urls) {
        this.pages = pages;
        this.served = new AtomicIntegerArray(urls);
        this.recordedAt = new AtomicLongArray(urls);
    }

    /// A record as it came in a call.
    ///
    /// @param number of its URL; -1 where that is none of ours
    /// @param bytes of its JSON
    record Row(
            int number, String batchId, String status, String httpStatus, String sha256, String bodyBytes, int bytes) {}

    void served(int number) {
        if (number < 0 || number >= served.length()) {
            fault("a page was asked for that no event names: " + number);
        } else {
            served.incrementAndGet(number);
        }
    }

    void recorded(Row row, long nanos) {
        int number = row.number();
        if (number < 0 || number >= recordedAt.length()) {
            fault("a record has a URL that no event names: " + row);
        } else if (!row.batchId().equals(Work.batchId(number))) {
            fault("the record of URL " + number + " has the batchId " + row.batchId());
        } else if (!row.status().equals("OK") || !row.httpStatus().equals("200")) {
            fault("the record of URL %d has status %s and httpStatus %s"
                    .formatted(number, row.status(), row.httpStatus()));
        } else if (!row.sha256().equals(pages.hash(number))) {
            fault("the record of URL " + number + " has the hash of another body: " + row.sha256());
        } else if (!row.bodyBytes().equals(Integer.toString(pages.bodyBytes()))) {
            fault("the record of URL " + number + " has the length " + row.bodyBytes());
        } else if (recordedAt.compareAndSet(number, 0, Math.max(1, nanos))) {
            recorded.incrementAndGet();
            recordBytes.addAndGet(row.bytes());
        } else {
            again.incrementAndGet();
        }
    }

    /// The names of the attributes of one record.
    void attributes(Set<String> names) {
        synchronized (attributes) {
            if (attributes.isEmpty()) {
                attributes.addAll(names);
            }
        }
    }

    /// Notes what makes the run worthless.
    void fault(String sentence) {
        synchronized (faults) {
            if (faults.size() < FAULTS_MAX) {
                faults.add(sentence);
            }
        }
    }

    /// How many URLs have a record.
    int recorded() {
        return recorded.get();
    }

    /// When the record of a URL came, in the nanoseconds of the JVM's own clock; 0 for not yet.
    long recordedAt(int number) {
        return recordedAt.get(number);
    }

    /// The mean size of a record as JSON.
    long recordBytes() {
        return recordBytes.get() / Math.max(1, recorded.get());
    }

    /// The attributes that the records have.
    Set<String> attributeNames() {
        synchronized (attributes) {
            return Set.copyOf(attributes);
        }
    }

    /// What is not as it must be, in a few sentences; empty where every URL was fetched and has its record.
    List<String> faults() {
        List<String> all;
        synchronized (faults) {
            all = new ArrayList<>(faults);
        }
        int unserved = 0;
        for (int number = 0; number < served.length(); number++) {
            unserved += served.get(number) == 0 ? 1 : 0;
        }
        if (unserved > 0) {
            all.add("%,d of %,d URLs were not fetched".formatted(unserved, served.length()));
        }
        if (recorded.get() < recordedAt.length()) {
            all.add("%,d of %,d records are missing"
                    .formatted(recordedAt.length() - recorded.get(), recordedAt.length()));
        }
        return all;
    }

    /// URLs that were fetched more than once, and records that were written more than once.
    int repeated() {
        int fetched = 0;
        for (int number = 0; number < served.length(); number++) {
            fetched += Math.max(0, served.get(number) - 1);
        }
        return fetched + again.get();
    }
}
