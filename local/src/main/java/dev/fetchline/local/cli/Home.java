package dev.fetchline.local.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// The checkout that the launcher belongs to.
///
/// @param root the directory that holds template.yaml
/// @param operatingSystem as in the system property `os.name`
/// @param architecture as in the system property `os.arch`
record Home(Path root, String operatingSystem, String architecture) {
    static Home ofLauncher() {
        return new Home(
                Path.of(System.getProperty("fetchline.home", "")).toAbsolutePath(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
    }

    Path template() {
        return root.resolve("template.yaml");
    }

    /// The list prices that `cost` reckons with.
    Path prices() {
        return root.resolve("docs/prices.json");
    }

    /// The page that `cost --save` writes into.
    Path costPage() {
        return root.resolve("docs/cost.md");
    }

    /// What `bench --save` measured.
    Path benchResults() {
        return root.resolve("bench/results.json");
    }

    /// The packaged function for this machine.
    ///
    /// @throws CliException if it is not there
    Path artifact() {
        String machine = switch (architecture.toLowerCase(Locale.ROOT)) {
            case "aarch64", "arm64" -> "arm64";
            default -> "x86_64";
        };
        Path artifact = root.resolve("functions/fetch/target/lambda").resolve(isLinux() ? machine : "mac-" + machine);
        if (!Files.isDirectory(artifact)) {
            throw CliException.usage("the packaged function is missing at %s: build it with mvn -DskipTests package."
                    .formatted(artifact));
        }
        return artifact;
    }

    /// Lambda's runtime client has a native part that exists for Linux only.
    boolean isLinux() {
        return operatingSystem.toLowerCase(Locale.ROOT).startsWith("linux");
    }

    /// Where a running `up` leaves the addresses of its stack.
    Path upFile() {
        return root.resolve("local/target/up.json");
    }

    Path logDirectory() {
        return root.resolve("local/target/logs");
    }
}
