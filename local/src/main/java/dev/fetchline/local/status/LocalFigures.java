package dev.fetchline.local.status;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What can be seen from outside of the process that `up` runs: its environments are its child processes, and the
/// function writes to a file.
public final class LocalFigures {
    /// The field of `up`'s file that names the function's log.
    public static final String FUNCTION_LOG = "functionLog";

    /// The field of `up`'s file that says when the oldest message of the queue was sent: empty where the queue is, and
    /// missing on an emulator, which does not tell.
    public static final String OLDEST_SENT = "oldestSent";

    private static final int ERRORS_MAX = 5;

    private LocalFigures() {}

    /// @param fields of a living `up`'s file
    static FunctionFigures of(Map<String, String> fields) {
        Optional<Path> log = Optional.ofNullable(fields.get(FUNCTION_LOG)).map(Path::of);
        return new FunctionFigures(
                Optional.ofNullable(fields.get(OLDEST_SENT)).map(LocalFigures::age),
                environments(fields.getOrDefault("pid", "")),
                OptionalLong.empty(),
                log.map(file -> LastErrors.of(file, ERRORS_MAX)).orElse(List.of()),
                List.of(),
                log.map(file -> "tail -f " + file));
    }

    /// `up` looks once a second: what came since is no older than that.
    private static Duration age(String sent) {
        return sent.isEmpty() ? Duration.ZERO : Duration.between(Instant.parse(sent), Instant.now());
    }

    private static OptionalLong environments(String pid) {
        return pid.matches("[0-9]{1,18}")
                ? ProcessHandle.of(Long.parseLong(pid)).stream()
                        .mapToLong(process -> process.children().count())
                        .findFirst()
                : OptionalLong.empty();
    }
}
