package dev.fetchline.local.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/// Ctrl-C and SIGTERM for a command that has something to bring to an end: the first one asks it to stop, the second
/// one ends the process.
///
/// A shutdown hook is too late for that: the AWS client's native part answers no call once the JVM shuts down. Signals
/// are heard through `sun.misc.Signal`, which the JDK keeps for the lack of a successor (JEP 260); by reflection, since
/// the compiler's warning about it cannot be switched off for one place.
final class Interrupts {
    static final int EXIT_CODE = 130;

    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    private final AtomicBoolean requested = new AtomicBoolean();
    private final CountDownLatch heard = new CountDownLatch(1);

    private final StandardStreams streams;

    private Interrupts(StandardStreams streams) {
        this.streams = streams;
    }

    /// From now on; the first one is answered on stderr.
    static Interrupts listen(StandardStreams streams) {
        Interrupts interrupts = new Interrupts(streams);
        SIGNALS.forEach(interrupts::hear);
        return interrupts;
    }

    private void hear(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler onSignal = (_, method, _) -> {
                if (method.getName().equals("handle")) {
                    request();
                }
                return null;
            };
            Object listener = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {handler}, onSignal);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), listener);
        } catch (ReflectiveOperationException _) {
            // A JVM without these classes, or one that leaves this signal to others: it ends the process as always.
        }
    }

    private void request() {
        if (!requested.compareAndSet(false, true)) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
        streams.say("stopping when what has begun is done; Ctrl-C again ends it at once.");
        heard.countDown();
    }

    boolean isRequested() {
        return requested.get();
    }

    /// Returns when one was heard.
    void await() throws InterruptedException {
        heard.await();
    }
}
