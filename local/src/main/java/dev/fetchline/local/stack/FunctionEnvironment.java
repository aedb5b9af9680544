package dev.fetchline.local.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One execution environment: a process of the function and the Runtime API that it talks to. It handles one event at a
/// time, or as many as the launch says; after a timeout, a crash or too much memory it is dead with all that it had
/// under
/// way, and another takes its place.
public final class FunctionEnvironment implements AutoCloseable {
    /// What the User-Agent of an environment's calls names it by, before its number.
    public static final String APP_ID_PREFIX = "environment-";

    private final int number;
    private final FunctionLaunch launch;
    private final FunctionLog log;
    private final RuntimeApi api;
    private final FunctionProcess process;
    private final CompletableFuture<Invocation> ended = new CompletableFuture<>();
    private final long logOffset;
    private final Object freezing = new Object();
    private int underWay;
    private boolean frozen;
    private volatile boolean disturbed;
    private volatile long residentBytesMax;

    private FunctionEnvironment(int number, FunctionLaunch launch, FunctionLog log) {
        this.number = number;
        this.launch = launch;
        this.log = log;
        this.logOffset = log.length();
        this.api = new RuntimeApi(
                launch.functionArn(),
                launch.function().timeout(),
                () -> launch.disturbance().losesAnswer(this),
                () -> launch.disturbance().restoring(this));
        try {
            this.process = FunctionProcess.start(launch, number, api.address(), log);
        } catch (LocalStackException e) {
            api.close();
            throw e;
        }
        var _ = process.process().onExit().thenAccept(exited -> exited(exited.exitValue()));
        launch.disturbance().starting(this);
    }

    static FunctionEnvironment start(int number, FunctionLaunch launch, FunctionLog log) {
        return new FunctionEnvironment(number, launch, log);
    }

    /// Waits for the function's static init; the reason why it did not end well, else empty. Lambda gives a second init
    /// the function's whole timeout, and so does every init here: a busy laptop is slower than Lambda.
    public Optional<String> awaitReady() {
        Duration limit = launch.initTimeout();
        try {
            var _ = CompletableFuture.anyOf(api.ready(), api.initError(), ended)
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Optional.of("it was not ready after " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            return Optional.of(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the local run was interrupted");
        }
        if (api.initError().isDone()) {
            String posted = api.initError().join();
            String message = Json.topField(posted, "errorMessage").orElse(posted);
            return Optional.of(log.rootCause(logOffset)
                    .filter(cause -> !message.contains(cause))
                    .map(cause -> message + ": " + cause)
                    .orElse(message));
        }
        return api.ready().isDone()
                ? Optional.empty()
                : Optional.of(
                        Json.topField(ended.join().payload(), "errorMessage").orElse("its process ended"));
    }

    /// Counted from 1 in the order of their start.
    public int number() {
        return number;
    }

    /// Of its process.
    public long pid() {
        return process.process().pid();
    }

    /// Where its Runtime API listens, as `host:port`: what no fetch may reach.
    public String runtimeApi() {
        return api.address();
    }

    /// Kills the process as a machine's failure would; what it had under way fails. The function is not to blame.
    ///
    /// @param why a part of a sentence, for the log
    /// @return false if it was dead already
    public boolean killOnPurpose(String why) {
        disturbed = true;
        return kill("Sandbox.Failure", why);
    }

    /// Stops the process where it is (SIGSTOP), until its next event.
    public void freeze() {
        synchronized (freezing) {
            frozen = true;
            process.signal("STOP");
        }
    }

    /// Lets the process go on (SIGCONT).
    public void thaw() {
        synchronized (freezing) {
            if (frozen) {
                frozen = false;
                process.signal("CONT");
            }
        }
    }

    /// Whether it was killed on purpose: its end then says nothing about the function.
    boolean disturbed() {
        return disturbed;
    }

    /// Hands the event to the function and waits for its end, the function's timeout at the longest.
    public Invocation invoke(String eventJson) {
        begin();
        try {
            return answer(eventJson);
        } finally {
            end();
        }
    }

    private void begin() {
        synchronized (freezing) {
            underWay++;
            thaw();
        }
        launch.disturbance().invoking(this);
    }

    private void end() {
        synchronized (freezing) {
            underWay--;
            if (underWay == 0 && alive() && launch.disturbance().freezes(this)) {
                freeze();
            }
        }
    }

    private Invocation answer(String eventJson) {
        String requestId = UUID.randomUUID().toString();
        CompletableFuture<Invocation> outcome = api.offer(requestId, eventJson);
        Duration timeout = launch.function().timeout();
        try {
            // The function's own answer first: a process may answer and then end.
            CompletableFuture.anyOf(outcome, ended).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return outcome.isDone() ? outcome.join() : ended.join();
        } catch (TimeoutException e) {
            kill("Sandbox.Timedout", "Task timed out after " + timeout.toSeconds() + " seconds");
            return ended.join();
        } catch (ExecutionException e) {
            return failure("Runtime.Unknown", String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill("Runtime.Unknown", "the local run was interrupted");
            return ended.join();
        }
    }

    boolean alive() {
        return !ended.isDone();
    }

    /// Kills the process when its resident size is past the function's memory, as Lambda does.
    void checkMemory() {
        long resident = process.residentBytes();
        residentBytesMax = Math.max(residentBytesMax, resident);
        long limit = launch.function().memoryMb() * 1024L * 1024L;
        if (alive() && resident > limit) {
            kill(
                    "Runtime.OutOfMemory",
                    "The process held %d MB and the function's memory is %d MB"
                            .formatted(resident >> 20, launch.function().memoryMb()));
        }
    }

    private boolean kill(String errorType, String sentence) {
        boolean alive = ended.complete(failure(errorType, sentence));
        if (alive) {
            log.remark(Instant.now() + " environment " + number + " is killed: " + sentence + ".");
        }
        process.kill();
        return alive;
    }

    private void exited(int status) {
        if (ended.complete(failure("Runtime.ExitError", "The function's process ended with exit status " + status))) {
            log.remark(Instant.now() + " environment " + number + " ended by itself with exit status " + status + ".");
        }
    }

    static Invocation failure(String errorType, String sentence) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("errorMessage", sentence);
        error.put("errorType", errorType);
        return new Invocation(false, Json.write(error));
    }

    @Override
    public void close() {
        if (ended.complete(failure("Runtime.ExitError", "The local run was ended"))) {
            log.remark("environment %d held %d MB at most.".formatted(number, residentBytesMax >> 20));
        }
        process.kill();
        api.close();
    }

    /// Whether the process is gone; waits at most so many seconds for it.
    boolean awaitExit(long seconds) {
        return process.awaitExit(seconds);
    }
}
