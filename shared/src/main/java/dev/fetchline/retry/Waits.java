package dev.fetchline.retry;

import java.time.Duration;

/// How long may be waited between two tries.
///
/// @param insideMax up to this long is waited inside an invocation, which is paid for; longer waits become deferrals
/// @param max the longest wait, whatever a server asks for
public record Waits(Duration insideMax, Duration max) {
    Duration cap(Duration wait) {
        return wait.compareTo(max) > 0 ? max : wait;
    }
}
