package dev.fetchline.local.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A command in a process of its own, started as the launcher starts it; the launcher would build, and this runs in the
/// middle of a build.
///
/// @param process the command
/// @param err where its stderr goes
record CliProcess(Process process, Path err) implements AutoCloseable {
    private static final long END_SECONDS_MAX = 120;

    /// The bit of SIGINT in the masks of Linux's `/proc/self/status`.
    private static final long INTERRUPT_BIT = 1L << 1;

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /// @param stdin what is piped in
    static CliProcess start(Path scratch, String stdin, String... arguments) throws IOException {
        Path in = Files.writeString(Files.createTempFile(scratch, "in", ""), stdin);
        Path err = Files.createTempFile(scratch, "err", "");
        List<String> command = new ArrayList<>(interruptible());
        command.addAll(List.of(
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
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(scratch.toFile())
                .redirectInput(in.toFile())
                .redirectError(err.toFile());
        // What a command notes for the next one stays the test's own.
        builder.environment().put("FETCHLINE_STATE", scratch.resolve("state").toString());
        return new CliProcess(builder.start(), err);
    }

    /// What stands before a command for it to hear SIGINT. A shell without job control starts what it puts in the
    /// background with SIGINT ignored, children inherit that, and a JVM leaves it so: the command would never end.
    private static List<String> interruptible() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return List.of();
        }
        boolean ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(
                        line.substring("SigIgn:".length()).strip(), 16))
                .anyMatch(mask -> (mask & INTERRUPT_BIT) != 0);
        return ignored ? List.of("env", "--default-signal=INT") : List.of();
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

    /// Waits until it has started a process of its own.
    void awaitDescendant() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS_MAX);
        while (process.descendants().findAny().isEmpty()) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new AssertionError("the command has started no process");
            }
            Thread.sleep(20);
        }
    }

    /// Sends a signal, then waits for the end of the command and looks for processes that it left behind.
    Ended signal(String name) throws IOException, InterruptedException {
        List<ProcessHandle> started = process.descendants().toList();
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new AssertionError("the command did not end within %d s of SIG%s; its stderr is: %s"
                    .formatted(END_SECONDS_MAX, name, Files.readString(err)));
        }
        int exitCode = process.exitValue();
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
