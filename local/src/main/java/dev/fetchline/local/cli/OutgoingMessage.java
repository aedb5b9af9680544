package dev.fetchline.local.cli;

import java.util.List;

/// A message that a run puts on the queue.
///
/// @param body as it is sent
/// @param urls the URLs that it was packed from, as written in a text input; empty for a body that was given whole
record OutgoingMessage(String body, List<String> urls) {
    OutgoingMessage {
        urls = List.copyOf(urls);
    }

    static OutgoingMessage whole(String body) {
        return new OutgoingMessage(body, List.of());
    }
}
