package dev.fetchline.local.hostile;

import dev.fetchline.local.hostile.HostileCase.KnownFault;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Holds the records of one round against what each case must give.
public final class HostileCheck {
    private static final String GOOD = "good ";

    private final List<HostileCase> cases;
    private final String batchId;
    private final BitSet seen = new BitSet();
    private final BitSet goodSeen = new BitSet();
    private final Map<String, Long> byKind = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final Map<String, String> knownFaults = new LinkedHashMap<>();

    /// @param batchIdPrefix of the round's messages
    public HostileCheck(List<HostileCase> cases, String batchIdPrefix) {
        this.cases = cases;
        this.batchId = batchIdPrefix;
    }

    /// Looks at one row of the table.
    public void record(Map<String, AttributeValue> row) {
        if (!text(row, "batchId").startsWith(batchId)) {
            return;
        }
        String tag = text(row, "tag");
        Map<String, String> found = Flat.of(row);
        if (tag.startsWith(GOOD)) {
            int number = Integer.parseInt(tag.substring(GOOD.length()));
            goodSeen.set(number);
            compare(number, Expected.ok(HostileWeb.goodText(number)), found, "the honest page behind it");
        } else if (tag.matches("[0-9]+")) {
            int number = Integer.parseInt(tag);
            seen.set(number);
            judge(number, found);
        } else {
            wrong.add("a record that nobody asked for: " + found);
        }
    }

    private static String text(Map<String, AttributeValue> row, String name) {
        AttributeValue value = row.get(name);
        return value == null || value.s() == null ? "" : value.s();
    }

    private void judge(int number, Map<String, String> found) {
        HostileCase its = cases.get(number);
        KnownFault fault = its.knownFault();
        if (fault != null && !its.expected().fits(found) && fault.found().fits(found)) {
            knownFaults.put(its.tag(), fault.why());
        } else {
            compare(number, its.expected(), found, "");
        }
        String kind = found.get("status")
                + (found.containsKey("error") ? " " + found.get("error") : "")
                + (found.containsKey("truncated") ? ", cut: " + found.get("truncated") : "");
        byKind.merge(kind, 1L, Long::sum);
    }

    private void compare(int number, Expected expected, Map<String, String> found, String which) {
        if (!expected.fits(found)) {
            wrong.add("%s%s: expected %s; found %s%s"
                    .formatted(
                            cases.get(number).tag(),
                            which.isEmpty() ? "" : ", " + which,
                            expected,
                            expected.partOf(found),
                            found.containsKey("detail") ? " (" + found.get("detail") + ")" : ""));
        }
    }

    /// What was asked for.
    public List<HostileCase> cases() {
        return cases;
    }

    /// Cases that have their record, and whose server's honest page has one.
    public int survived() {
        BitSet both = (BitSet) seen.clone();
        both.and(goodSeen);
        return both.cardinality();
    }

    /// Records of the cases by status, kind of failure and label.
    public Map<String, Long> byKind() {
        return byKind;
    }

    /// What is wrong, a sentence each: name, expected, found.
    public List<String> wrong() {
        List<String> all = new ArrayList<>(wrong);
        for (int number = 0; number < cases.size(); number++) {
            if (!seen.get(number) || !goodSeen.get(number)) {
                all.add(cases.get(number).tag() + ": no record"
                        + (seen.get(number) ? " of the honest page behind it" : ""));
            }
        }
        return all;
    }

    /// Cases whose record is wrong in the way that is known, and why.
    public Map<String, String> knownFaults() {
        return knownFaults;
    }
}
