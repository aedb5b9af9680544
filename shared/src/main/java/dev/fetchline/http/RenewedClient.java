package dev.fetchline.http;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// The JDK's client, replaced by a new one before the sockets that it leaks run out of file descriptors.
///
/// JDK 25's client (`Http1Response.HeadersReader`) forgets the connection of a response head that it
/// cannot read: it is neither closed nor kept for another request, and no cancel or timeout reaches it.
/// Only the end of the client closes it. So after [#SPOILT_MAX] such heads requests go to a new client,
/// and the old one ends as soon as its requests have ended.
final class RenewedClient extends HttpClient {
    /// Sockets that one client may have lost.
    static final int SPOILT_MAX = 32;

    /// Clients that may wait for their last requests. Beyond, the oldest is broken off: its requests fail
    /// as disconnected, and are tried again. So at most (2 + 1 + 1) × 32 sockets are lost at a time.
    static final int ENDING_MAX = 2;

    private final Supplier<HttpClient> maker;
    private final Deque<HttpClient> ending = new ArrayDeque<>();
    /// Guarded by `ending`, as the count is.
    private HttpClient current;

    private int spoilt;

    /// A client of which `maker` makes as many as are needed.
    RenewedClient(Supplier<HttpClient> maker) {
        this.maker = maker;
        this.current = maker.get();
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        HttpClient client;
        CompletableFuture<HttpResponse<T>> response;
        // Under the lock: a client takes nothing more once it has been told to end.
        synchronized (ending) {
            client = current;
            response = client.sendAsync(request, handler);
        }
        // The stage behind it, so that the client is renewed before anyone learns of the failure. Stages of
        // the client's future hand its cancel on to the socket (`jdk.internal.net.http.common.MinimalFuture`).
        return response.whenComplete((_, failure) -> {
            if (failure != null && Failures.isUnreadable(failure)) {
                renewIfSpoilt(client);
            }
        });
    }

    private void renewIfSpoilt(HttpClient client) {
        HttpClient tooOld = null;
        synchronized (ending) {
            if (!client.equals(current) || ++spoilt < SPOILT_MAX) {
                return;
            }
            spoilt = 0;
            current = maker.get();
            client.shutdown();
            ending.removeIf(HttpClient::isTerminated);
            ending.add(client);
            if (ending.size() > ENDING_MAX) {
                tooOld = ending.remove();
            }
        }
        if (tooOld != null) {
            tooOld.shutdownNow();
        }
    }

    private HttpClient current() {
        synchronized (ending) {
            return current;
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
        // HTTP/1.1 has no pushes.
        return sendAsync(request, handler);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return current().send(request, handler);
    }

    @Override
    public void shutdown() {
        current().shutdown();
    }

    @Override
    public void shutdownNow() {
        synchronized (ending) {
            ending.forEach(HttpClient::shutdownNow);
            current.shutdownNow();
        }
    }

    @Override
    public boolean awaitTermination(Duration duration) throws InterruptedException {
        return current().awaitTermination(duration);
    }

    @Override
    public boolean isTerminated() {
        return current().isTerminated();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return current().cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return current().connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return current().followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return current().proxy();
    }

    @Override
    public SSLContext sslContext() {
        return current().sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return current().sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return current().authenticator();
    }

    @Override
    public Version version() {
        return current().version();
    }

    @Override
    public Optional<Executor> executor() {
        return current().executor();
    }
}
