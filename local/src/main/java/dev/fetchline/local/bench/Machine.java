package dev.fetchline.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What the figures were measured on.
final class Machine {
    private Machine() {}

    /// Such as `2 x AMD EPYC, x86_64, Linux 6.1`.
    static String description() {
        return "%d x %s, %s, Linux %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        processor(Path.of("/proc/cpuinfo")),
                        System.getProperty("os.arch"),
                        System.getProperty("os.version"));
    }

    /// On arm64 Linux names no model.
    static String processor(Path cpuInfo) {
        try (Stream<String> lines = Files.lines(cpuInfo)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("processor without a name");
        } catch (IOException _) {
            return "processor without a name";
        }
    }
}
