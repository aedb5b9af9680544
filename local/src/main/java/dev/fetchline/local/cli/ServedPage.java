package dev.fetchline.local.cli;

import dev.fetchline.local.page.PageServer;
import dev.fetchline.local.target.Target;
import java.net.URI;

/// A page that is served, with the clients that it uses.
///
/// @param target that it shows
/// @param server of the page
record ServedPage(Target target, PageServer server) implements AutoCloseable {
    /// @param target is closed with the page, or at once when the page cannot be served
    /// @param port 0 for a free one
    static ServedPage start(Target target, int port) {
        try {
            return new ServedPage(target, PageServer.start(target, port));
        } catch (RuntimeException e) {
            target.close();
            throw e;
        }
    }

    URI url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
        target.close();
    }
}
