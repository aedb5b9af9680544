package dev.fetchline.local.cli;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jline.utils.Signals;

/// Ctrl-C, SIGTERM and SIGHUP for a command that has something to bring to an end: the first one asks it to stop, the
/// second one ends the process.
///
/// A shutdown hook is too late for that: once the JVM shuts down, the client of AWS hands over no answers, and what was
/// taken in the last calls could not be noted.
final class Interrupts implements AutoCloseable {
    /// As a shell counts them: 128 and the signal's number.
    private static final Map<String, Integer> EXIT_CODES = Map.of("INT", 130, "TERM", 143, "HUP", 129);

    private static final int NONE = 0;

    private final IntConsumer first;
    private final AtomicInteger exitCode = new AtomicInteger(NONE);
    private final CountDownLatch heard = new CountDownLatch(1);

    private Interrupts(IntConsumer first) {
        this.first = first;
    }

    /// From now on.
    ///
    /// @param first hears the first one on a thread of its own, with the code to exit with
    static Interrupts listen(IntConsumer first) {
        Interrupts interrupts = new Interrupts(first);
        EXIT_CODES.forEach((name, code) -> Signals.register(name, () -> interrupts.request(code)));
        return interrupts;
    }

    private void request(int code) {
        if (!exitCode.compareAndSet(NONE, code)) {
            // Somebody who asks twice does not want to wait.
            Runtime.getRuntime().halt(code);
        }
        first.accept(code);
        heard.countDown();
    }

    boolean isRequested() {
        return exitCode.get() != NONE;
    }

    /// What to exit with because of the first one; 0 before it.
    int exitCode() {
        return exitCode.get();
    }

    /// Returns when one was heard.
    void await() throws InterruptedException {
        heard.await();
    }

    /// From now on a signal ends the process as always.
    @Override
    public void close() {
        EXIT_CODES.keySet().forEach(Signals::registerDefault);
    }
}
