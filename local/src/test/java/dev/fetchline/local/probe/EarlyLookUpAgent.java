package dev.fetchline.local.probe;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// An observability agent as they come: its own thread looks something up before the function is loaded.
public final class EarlyLookUpAgent {
    private EarlyLookUpAgent() {}

    public static void premain(String arguments) throws InterruptedException {
        Thread thread = new Thread(() -> {
            try {
                var _ = InetAddress.getByName("localhost");
            } catch (UnknownHostException _) {
                // That it was asked for is all that counts.
            }
        });
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.start();
        thread.join();
    }
}
