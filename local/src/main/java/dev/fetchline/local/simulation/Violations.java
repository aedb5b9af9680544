package dev.fetchline.local.simulation;

import java.util.ArrayList;
import java.util.List;

/// What the rules have found.
final class Violations {
    private static final int MAX = 50;

    private final List<Violation> found = new ArrayList<>();

    void add(String invariant, Object subject, String sentence) {
        if (found.size() < MAX) {
            found.add(new Violation(invariant, subject.toString(), sentence));
        }
    }

    List<Violation> found() {
        return List.copyOf(found);
    }
}
