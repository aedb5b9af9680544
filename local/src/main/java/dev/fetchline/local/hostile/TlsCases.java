package dev.fetchline.local.hostile;

import java.util.List;

/// TLS that is wrong, old, or does not come to its end.
final class TlsCases {
    private TlsCases() {}

    static List<HostileCase> all() {
        return List.of();
    }
}
