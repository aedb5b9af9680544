package dev.fetchline.local.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/// Asks a person on the terminal before something is done.
///
/// @param streams of the command
/// @param interrupts that end the waiting as well
record Confirmation(StandardStreams streams, Interrupts interrupts) {
    /// Whether the answer is yes; everything else is no, also the end of the input and Ctrl-C.
    ///
    /// @param question ends in a question mark
    boolean isGiven(String question) {
        streams.err().print("fetchline: " + question + " (y/N) ");
        streams.err().flush();
        CompletableFuture<String> answer = new CompletableFuture<>();
        // Reading a terminal cannot be interrupted, so nobody waits for these threads to end.
        Thread.ofPlatform().daemon().start(() -> answer.complete(line()));
        Thread.ofVirtual().start(() -> {
            try {
                interrupts.await();
                answer.complete("");
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        String given = answer.join().strip().toLowerCase(Locale.ROOT);
        return given.equals("y") || given.equals("yes");
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        try {
            for (int c = streams.in().read();
                    c >= 0 && c != '\n' && line.length() < 16;
                    c = streams.in().read()) {
                line.append((char) c);
            }
        } catch (IOException _) {
            return "";
        }
        return line.toString();
    }
}
