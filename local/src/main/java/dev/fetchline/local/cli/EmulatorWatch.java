package dev.fetchline.local.cli;

import dev.fetchline.local.stack.LocalStack;
import dev.fetchline.local.stack.LocalStackException;

/// Says when the queue of an emulator is gone, and when it is back: messages are waited for all the while, and without
/// a word nobody would know what for. Servers of our own go with this process.
final class EmulatorWatch {
    private final LocalStack stack;
    private final StandardStreams streams;
    private boolean gone;

    EmulatorWatch(LocalStack stack, StandardStreams streams) {
        this.stack = stack;
        this.streams = streams;
    }

    void look() {
        if (!stack.isOnEmulator()) {
            return;
        }
        try {
            stack.queueCounts();
            if (gone) {
                streams.say("the queue answers again.");
            }
            gone = false;
        } catch (LocalStackException e) {
            if (!gone) {
                streams.say(String.valueOf(e.getMessage()));
            }
            gone = true;
        }
    }
}
