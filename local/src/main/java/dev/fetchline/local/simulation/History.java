package dev.fetchline.local.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/// All that happened in a world, in order.
final class History {
    private final List<Event> events = new ArrayList<>();

    void add(Event event) {
        events.add(event);
    }

    List<Event> events() {
        return Collections.unmodifiableList(events);
    }

    /// SHA-256 over everything: two runs of a seed have the same one.
    String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Event event : events) {
                digest.update(event.toString().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) '\n');
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
