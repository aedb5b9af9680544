package dev.fetchline.local.cost;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What `./fetchline bench --save` measured of Fetchline itself for one kind of work.
///
/// @param date of the measurement, ISO 8601
/// @param machine that it ran on
/// @param earlyCpuMicros CPU of a URL while an environment is young, microseconds
/// @param steadyCpuMicros the same later on; null where it was not measured
/// @param coldCpuMillis CPU of a process's start and its first URLs; null where it was not measured
public record Measured(
        String date,
        String machine,
        double earlyCpuMicros,
        @Nullable Double steadyCpuMicros,
        @Nullable Double coldCpuMillis) {
    private static final String PROGRAM = "fetchline";

    /// Reads the figures of a work from `bench/results.json`.
    ///
    /// @param work `plain`, `tls` or `big`
    /// @return empty if there is no such file, or the work was not measured
    /// @throws CostException if the file is not what it should be
    public static Optional<Measured> read(Path file, String work) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> document = JsonFile.read(file);
        if (!(document.get("works") instanceof List<?> works)) {
            throw new CostException("%s has no list \"works\".".formatted(file));
        }
        Map<?, ?> row = rowOf(works, work);
        if (!(row.get("earlyCpuMicrosPerUrl") instanceof Double early) || !(early > 0)) {
            return Optional.empty();
        }
        return Optional.of(new Measured(
                text(row, document, "date"),
                text(row, document, "machine"),
                early,
                number(row, "steadyCpuMicrosPerUrl"),
                number(rowOf(works, "cold"), "coldCpuMillis")));
    }

    private static Map<?, ?> rowOf(List<?> works, String work) {
        for (Object each : works) {
            if (each instanceof Map<?, ?> row && work.equals(row.get("work")) && PROGRAM.equals(row.get("program"))) {
                return row;
            }
        }
        return Map.of();
    }

    /// Files of before have it once for all works.
    private static String text(Map<?, ?> row, Map<String, @Nullable Object> document, String name) {
        return String.valueOf(row.containsKey(name) ? row.get(name) : document.get(name));
    }

    private static @Nullable Double number(Map<?, ?> row, String name) {
        return row.get(name) instanceof Double number ? number : null;
    }
}
