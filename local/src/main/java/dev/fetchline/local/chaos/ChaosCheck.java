package dev.fetchline.local.chaos;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Judges a run by rules of its own, which know nothing of the function: each page has one record, its status is final,
/// and it says what the web served.
public final class ChaosCheck {
    private static final Pattern PAGE = Pattern.compile("/page/([0-9]{1,9})(?![0-9])");
    private static final Set<String> FINAL = Set.of("OK", "HTTP_ERROR", "FAILED", "REFUSED", "INVALID");
    private static final int NAMED_MAX = 10;

    private final ChaosWeb web;
    private final int pages;
    private final BitSet finals = new BitSet();
    private final BitSet dead = new BitSet();
    private final Map<String, Long> byStatus = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long wrongCount;

    /// A check of the pages from 0 to `pages` of this web.
    public ChaosCheck(ChaosWeb web, int pages) {
        this.web = web;
        this.pages = pages;
    }

    /// Looks at one row of the table.
    public void record(Map<String, AttributeValue> row) {
        String url = text(row, "url");
        Matcher page = PAGE.matcher(url);
        if (!page.find() || Integer.parseInt(page.group(1)) >= pages) {
            wrong(url + ": a record of nothing that was asked for");
            return;
        }
        int number = Integer.parseInt(page.group(1));
        String status = text(row, "status");
        if (!FINAL.contains(status)) {
            // Not final: the page counts as lost unless another row is.
            return;
        }
        if (finals.get(number)) {
            wrong(url + ": two final records");
        }
        finals.set(number);
        byStatus.merge(status, 1L, Long::sum);
        AttributeValue http = row.get("httpStatus");
        int httpStatus = http == null ? 0 : Integer.parseInt(http.n());
        Temper temper = web.temper(number);
        // The web closes connections that have been idle; the last try of a page that always fails may meet that.
        boolean lastTryMetTheEnd = temper == Temper.BROKEN && status.equals(Temper.DEAD.status());
        if (!lastTryMetTheEnd && (!status.equals(temper.status()) || httpStatus != temper.httpStatus())) {
            wrong("%s: %s %d, and the web has %s (%s %d)"
                    .formatted(url, status, httpStatus, temper, temper.status(), temper.httpStatus()));
        } else if (temper != Temper.DEAD && web.wholeAnswers(number) == 0) {
            wrong(url + ": a record of an answer that was never given");
        }
    }

    /// Looks at the body of a message on the dead-letter queue.
    public void deadLetter(String body) {
        PAGE.matcher(body).results().forEach(page -> dead.set(Integer.parseInt(page.group(1))));
    }

    private void wrong(String sentence) {
        wrongCount++;
        if (wrong.size() < NAMED_MAX) {
            wrong.add(sentence);
        }
    }

    private static String text(Map<String, AttributeValue> row, String name) {
        AttributeValue value = row.get(name);
        return value == null || value.s() == null ? "" : value.s();
    }

    /// URLs that have a final record.
    public long finalRecords() {
        return finals.cardinality();
    }

    /// Final records by status.
    public Map<String, Long> byStatus() {
        return byStatus;
    }

    /// URLs without a final record that are not on the dead-letter queue either, ten of them at most.
    public List<String> lostUrls() {
        return missing().stream().limit(NAMED_MAX).mapToObj(web::url).toList();
    }

    /// How many URLs are lost.
    public long lost() {
        return missing().cardinality();
    }

    private BitSet missing() {
        BitSet missing = new BitSet(pages);
        missing.set(0, pages);
        missing.andNot(finals);
        missing.andNot(dead);
        return missing;
    }

    /// What is wrong with records, ten sentences at most.
    public List<String> wrong() {
        return wrong;
    }

    /// How many things are wrong with records.
    public long wrongCount() {
        return wrongCount;
    }

    /// URLs without a final record that are on the dead-letter queue.
    public long onDeadLetterQueue() {
        BitSet only = (BitSet) dead.clone();
        only.andNot(finals);
        return only.cardinality();
    }

    /// URLs that were fetched again although the web had given its whole answer before.
    public long fetchedMoreThanOnce() {
        long count = 0;
        for (int number = 0; number < pages; number++) {
            if (web.temper(number).endsWithOneAnswer() && web.wholeAnswers(number) > 1) {
                count++;
            }
        }
        return count;
    }

    /// Requests that the web has had.
    public long requests() {
        long count = 0;
        for (int number = 0; number < pages; number++) {
            count += web.requests(number);
        }
        return count;
    }
}
