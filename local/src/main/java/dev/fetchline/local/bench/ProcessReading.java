package dev.fetchline.local.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What Linux says of a process at one moment (proc_pid_stat(5), proc_pid_status(5)), the same for every program.
///
/// @param cpuMicros user and system time of all its threads, also those that have ended, and of processes that it
///     started; in steps of 10 ms
/// @param residentKb its resident size
/// @param residentMaxKb the largest that it had so far
record ProcessReading(long cpuMicros, long residentKb, long residentMaxKb) {
    /// USER_HZ, which is 100 on every architecture that Lambda has.
    private static final long MICROS_PER_TICK = 10_000;

    private static final int FIELDS_BEFORE_STATE = 2;
    private static final int UTIME = 14;
    private static final int CSTIME = 17;

    static ProcessReading of(long pid) {
        try {
            long ticks = 0;
            for (long each : withChildren(pid)) {
                ticks += ticks(Files.readString(Path.of("/proc", Long.toString(each), "stat")));
            }
            List<String> status = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
            return new ProcessReading(
                    ticks * MICROS_PER_TICK, kilobytes(status, "VmRSS:"), kilobytes(status, "VmHWM:"));
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + " cannot be read in /proc: " + e.getMessage(), e);
        }
    }

    private static List<Long> withChildren(long pid) {
        return Stream.concat(
                        Stream.of(pid),
                        ProcessHandle.of(pid).stream()
                                .flatMap(ProcessHandle::descendants)
                                .map(ProcessHandle::pid))
                .toList();
    }

    /// The name in the second field may hold blanks and brackets; what follows its last bracket does not.
    static long ticks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
        long ticks = 0;
        for (int field = UTIME; field <= CSTIME; field++) {
            ticks += Long.parseLong(fields[field - FIELDS_BEFORE_STATE - 1]);
        }
        return ticks;
    }

    static long kilobytes(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }
}
