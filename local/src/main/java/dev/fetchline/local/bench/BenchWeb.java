package dev.fetchline.local.bench;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// The web of a run: a page for each number, at once or after a while, and a line in the ledger for each that was
/// asked for.
final class BenchWeb implements AutoCloseable {
    private final LightServer server;
    private final Work work;
    private final Ledger ledger;
    private final Pages pages;

    private BenchWeb(Work work, Pages pages, Ledger ledger, @Nullable BenchCertificate certificate) {
        this.work = work;
        this.pages = pages;
        this.ledger = ledger;
        this.server = LightServer.start(
                work.hosts() > 0 ? "0.0.0.0" : "127.0.0.1",
                certificate == null ? null : certificate.context(),
                this::answer);
    }

    /// @param certificate null for plain HTTP
    static BenchWeb start(Work work, Pages pages, Ledger ledger, @Nullable BenchCertificate certificate) {
        return new BenchWeb(work, pages, ledger, certificate);
    }

    int port() {
        return server.port();
    }

    int connections() {
        return server.connections();
    }

    private boolean answer(LightRequest request, OutputStream out) throws IOException, InterruptedException {
        int number = request.number();
        ledger.served(number);
        long delayMillis = work.delayMillis(number);
        if (delayMillis > 0) {
            Thread.sleep(delayMillis);
        }
        out.write(pages.response(Math.max(0, number)));
        return !work.tls();
    }

    @Override
    public void close() {
        server.close();
    }
}
