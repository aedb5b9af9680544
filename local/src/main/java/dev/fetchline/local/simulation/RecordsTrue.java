package dev.fetchline.local.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// I7: a URL that always behaves well is OK in the end whatever happens elsewhere, and every record says what its
/// server really did.
final class RecordsTrue implements Rule {
    private final Ledger ledger;
    private final Violations violations;
    private final Map<Integer, Page> pages = new HashMap<>();
    private final Map<Page, Set<Integer>> served = new HashMap<>();
    private final Map<Page, String> bodies = new HashMap<>();
    private final Set<String> unresolved = new HashSet<>();

    RecordsTrue(Ledger ledger, Violations violations) {
        this.ledger = ledger;
        this.violations = violations;
    }

    @Override
    public void see(Event event) {
        switch (event) {
            case Event.Requested it -> {
                Page page = ledger.plan().pages().get(it.url());
                if (page != null) {
                    pages.put(it.request(), page);
                }
            }
            case Event.Responded it -> {
                Page page = pages.get(it.request());
                if (page != null) {
                    served.computeIfAbsent(page, _ -> new HashSet<>()).add(it.status());
                }
            }
            case Event.Unresolved it -> unresolved.add(it.host());
            case Event.Wrote it -> {
                Page page = ledger.plan().pages().get(it.key().url());
                if (it.after().isFinal()) {
                    judge(it, page);
                }
            }
            default -> {}
        }
    }

    private void judge(Event.Wrote it, @org.jspecify.annotations.Nullable Page page) {
        Row row = it.after();
        String problem = page == null ? problemWithoutFetch(row) : problem(row, page, it.invocation());
        if (!problem.isEmpty()) {
            violations.add("I7", it.key(), "%s; the record says %s".formatted(problem, row));
        }
    }

    private static String problemWithoutFetch(Row row) {
        return row.httpStatus() != null || row.status().equals("OK") ? "nothing of it could be fetched" : "";
    }

    private String problem(Row row, Page page, String invocation) {
        Integer status = row.httpStatus();
        if (status != null && !served.getOrDefault(page, Set.of()).contains(status)) {
            return "its server never answered with that status";
        }
        if (row.status().equals("OK") && !expectedHash(page).equals(row.bodySha256())) {
            return "its server's body has another hash";
        }
        boolean frozen = ledger.invocation(invocation).frozen;
        boolean nameless = unresolved.contains(page.host())
                || page.others().stream().anyMatch(other -> unresolved.contains(hostOf(other)));
        if (frozen || (nameless && "DNS".equals(row.errorKind()))) {
            return "";
        }
        String expected = expectedStatus(page);
        return expected.isEmpty() || expected.contains(row.status()) ? "" : "expected " + expected;
    }

    private static String hostOf(String url) {
        return String.valueOf(java.net.URI.create(url).getHost());
    }

    /// The statuses that it may have; empty for any.
    private static String expectedStatus(Page page) {
        return switch (page.manner()) {
            case GOOD, SLOW, COMPRESSED, REDIRECTED, TOO_BIG, EMPTY -> "OK";
            case NOT_FOUND, BROKEN, NEVER_READY -> "HTTP_ERROR";
            case BLACK_HOLE, REFUSING, CUT_SHORT, STALLING, LOOPING, UNKNOWN -> "FAILED";
            case DENIED, LURING -> "REFUSED";
            case REBOUND -> "OK or REFUSED";
            case TELLS_TO_WAIT, WEATHERED, FLAKY, NO_FETCH -> "";
        };
    }

    private String expectedHash(Page page) {
        return bodies.computeIfAbsent(page, its -> {
            byte[] body = its.body();
            int cap = ledger.plan().setting("FETCH_BODY_BYTES_MAX", 1024 * 1024);
            int length = its.manner() == Manner.EMPTY ? 0 : Math.min(body.length, cap);
            return PlanBuilder.sha256(java.util.Arrays.copyOf(body, length));
        });
    }

    @Override
    public void end() {}
}
