package dev.fetchline.local.cli;

import dev.fetchline.local.stack.LocalStack;
import dev.fetchline.local.stack.LocalStackSettings;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The local stack while a command uses it: closed exactly once, by the command's end or by a signal.
///
/// A signal runs the JVM's shutdown hooks beside the command, and the command's own System.exit waits for them; so the
/// hook never waits for the command, only for a close that has already begun.
final class StackSession implements AutoCloseable {
    private static final long CLOSE_SECONDS_MAX = 6;

    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<@Nullable LocalStack> started = new AtomicReference<>();
    private final StandardStreams streams;
    private final Interruption interruption;

    /// What a command does when a signal ends it.
    interface Interruption {
        /// Says how far the command got.
        void beforeClose();

        /// Runs when everything is closed; the place to leave with an exit code other than the signal's.
        default void afterClose() {}
    }

    private StackSession(StandardStreams streams, Interruption interruption) {
        this.streams = streams;
        this.interruption = interruption;
    }

    /// Starts the stack; a signal closes it from now on.
    static StackSession open(LocalStackSettings settings, StandardStreams streams, Interruption interruption) {
        StackSession session = new StackSession(streams, interruption);
        Runtime.getRuntime().addShutdownHook(new Thread(session::onShutdown, "fetchline-shutdown"));
        try {
            session.started.set(LocalStack.start(settings));
            return session;
        } catch (RuntimeException e) {
            // Nobody else closes it, and at the JVM's end an open session takes itself for an interrupted one.
            session.close();
            throw e;
        }
    }

    LocalStack stack() {
        LocalStack stack = started.get();
        if (stack == null) {
            throw new IllegalStateException("the stack has not started");
        }
        return stack;
    }

    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            closeStack();
        }
    }

    private void onShutdown() {
        if (!closing.compareAndSet(false, true)) {
            awaitClosed();
            return;
        }
        try {
            interruption.beforeClose();
            streams.out().flush();
        } finally {
            streams.silence();
            closeStack();
        }
        interruption.afterClose();
    }

    private void closeStack() {
        try {
            LocalStack stack = started.get();
            if (stack != null) {
                stack.close();
            }
        } finally {
            closed.countDown();
        }
    }

    private void awaitClosed() {
        try {
            // When it does not come the JVM ends all the same, and with it everything that runs inside it.
            boolean inTime = closed.await(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
            if (!inTime) {
                streams.say("the local stack did not stop within %d s.".formatted(CLOSE_SECONDS_MAX));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
