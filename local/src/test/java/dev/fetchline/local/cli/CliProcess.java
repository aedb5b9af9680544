package dev.fetchline.local.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A command in a process of its own, started as the launcher starts it; the launcher would build, and this runs in the
/// middle of a build.
///
/// @param process the command
/// @param err where its stderr goes
record CliProcess(Process process, Path err) implements AutoCloseable {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /// @param stdin what is piped in
    static CliProcess start(Path scratch, String stdin, String... arguments) throws IOException {
        Path in = Files.writeString(Files.createTempFile(scratch, "in", ""), stdin);
        Path err = Files.createTempFile(scratch, "err", "");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-Djava.net.preferIPv4Stack=true",
                "-Dfetchline.home=" + ROOT,
                "-cp",
                ROOT.resolve("local/target/classes") + ":" + Files.readString(ROOT.resolve("local/target/class-path")),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(scratch.toFile())
                .redirectInput(in.toFile())
                .redirectError(err.toFile())
                .start();
        return new CliProcess(process, err);
    }

    /// Its stdout, to read while it runs.
    BufferedReader out() {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    /// What came of it, once it has ended.
    Result await() throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, Files.readString(err));
    }

    /// Sends a signal, then waits for the end of the command and looks for processes that it left behind.
    Ended signal(String name) throws IOException, InterruptedException {
        List<ProcessHandle> started = process.descendants().toList();
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        int exitCode = process.waitFor();
        return new Ended(
                exitCode,
                Files.readString(err),
                started.size(),
                started.stream().filter(ProcessHandle::isAlive).toList());
    }

    /// Ends a command that a failed test has left running.
    @Override
    public void close() {
        process.destroy();
    }

    record Result(int exitCode, String out, String err) {}

    /// @param started how many processes the command had
    /// @param leftBehind those of them that are still there
    record Ended(int exitCode, String err, int started, List<ProcessHandle> leftBehind) {}
}
