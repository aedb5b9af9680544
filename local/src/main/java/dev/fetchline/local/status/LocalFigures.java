package dev.fetchline.local.status;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What can be seen from outside of the process that `up` runs: its environments are its child processes, and the
/// function writes to a file.
final class LocalFigures {
    /// The field of `up`'s file that names the function's log.
    static final String FUNCTION_LOG = "functionLog";

    private static final int ERRORS_MAX = 5;

    private LocalFigures() {}

    /// @param fields of a living `up`'s file
    static FunctionFigures of(Map<String, String> fields) {
        Optional<Path> log = Optional.ofNullable(fields.get(FUNCTION_LOG)).map(Path::of);
        return new FunctionFigures(
                Optional.empty(),
                environments(fields.getOrDefault("pid", "")),
                OptionalLong.empty(),
                log.map(file -> LastErrors.of(file, ERRORS_MAX)).orElse(List.of()),
                List.of(),
                log.map(file -> "tail -f " + file));
    }

    private static OptionalLong environments(String pid) {
        return pid.matches("[0-9]{1,18}")
                ? ProcessHandle.of(Long.parseLong(pid)).stream()
                        .mapToLong(process -> process.children().count())
                        .findFirst()
                : OptionalLong.empty();
    }
}
