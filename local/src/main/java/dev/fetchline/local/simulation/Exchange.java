package dev.fetchline.local.simulation;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLSession;

/// One request and what the server does with it, at its virtual times.
final class Exchange<T> {
    private final World world;
    private final Environment environment;
    private final HttpRequest request;
    private final BodyHandler<T> handler;
    private final int number;
    private final CompletableFuture<HttpResponse<T>> response = new CompletableFuture<>();
    private boolean headCame;
    private boolean ended;

    Exchange(World world, Environment environment, HttpRequest request, BodyHandler<T> handler) {
        this.world = world;
        this.environment = environment;
        this.request = request;
        this.handler = handler;
        this.number = world.nextRequest();
    }

    /// Its environment is no more, and so is the connection.
    void abandon() {
        end("its environment died");
    }

    CompletableFuture<HttpResponse<T>> start() {
        String url = request.uri().toString();
        String host = request.uri().getHost();
        world.history()
                .add(new Event.Requested(
                        world.agenda().now(), number, url, host, environment.name(), environment.invocation()));
        environment.opened(this);
        var _ = response.whenComplete((_, _) -> {
            if (response.isCancelled()) {
                end("cancelled");
            }
        });
        switch (world.web().replyTo(url, request.method())) {
            case Reply.Silence _ -> {}
            case Reply.Failure(long after, IOException failure) -> in(after, () -> fail(failure));
            case Reply.Answer answer -> in(answer.headNanos(), () -> head(answer));
        }
        // As the JDK's client does: its time limit ends at the head.
        request.timeout()
                .ifPresent(limit -> in(limit.toNanos(), () -> {
                    if (!headCame) {
                        fail(new HttpTimeoutException("no head in time"));
                    }
                }));
        return response;
    }

    private void in(long nanos, Runnable step) {
        world.agenda()
                .in(
                        nanos,
                        () -> environment.enter(() -> {
                            if (!ended) {
                                step.run();
                            }
                        }));
    }

    private void end(String how) {
        if (!ended) {
            ended = true;
            environment.closed(this);
            world.history().add(new Event.RequestEnded(world.agenda().now(), number, how));
        }
    }

    private void fail(IOException failure) {
        end("failed: " + failure.getMessage());
        response.completeExceptionally(failure);
    }

    private void head(Reply.Answer answer) {
        headCame = true;
        world.history()
                .add(new Event.Responded(
                        world.agenda().now(),
                        number,
                        answer.status(),
                        answer.headers().containsKey("retry-after")));
        HttpHeaders headers = HttpHeaders.of(answer.headers(), (_, _) -> true);
        BodySubscriber<T> subscriber = handler.apply(new Head(answer.status(), headers));
        var _ = subscriber.getBody().whenComplete((body, failure) -> {
            end(failure == null ? "done" : "failed in its body");
            if (failure == null) {
                response.complete(new Whole<>(request, answer.status(), headers, body));
            } else {
                response.completeExceptionally(failure);
            }
        });
        subscriber.onSubscribe(new Bytes(answer, subscriber));
    }

    /// Hands out the body as it is asked for, no faster than the server sends.
    private final class Bytes implements Flow.Subscription {
        private final Reply.Answer answer;
        private final BodySubscriber<T> subscriber;
        private int sent;

        Bytes(Reply.Answer answer, BodySubscriber<T> subscriber) {
            this.answer = answer;
            this.subscriber = subscriber;
        }

        @Override
        public void request(long count) {
            int chunks = Math.max(1, (answer.body().remaining() + answer.chunkBytes() - 1) / answer.chunkBytes());
            in(answer.bodyNanos() / chunks, this::send);
        }

        private void send() {
            int count = Math.min(answer.chunkBytes(), answer.body().remaining() - sent);
            if (count > 0) {
                ByteBuffer chunk = answer.body().slice(sent, count).asReadOnlyBuffer();
                sent += count;
                subscriber.onNext(List.of(chunk));
                return;
            }
            switch (answer.ending()) {
                case WHOLE -> subscriber.onComplete();
                case RESET -> subscriber.onError(new IOException("connection reset"));
                case STALL -> {}
            }
        }

        @Override
        public void cancel() {
            end("hung up");
        }
    }

    private record Head(int statusCode, HttpHeaders headers) implements ResponseInfo {
        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }

    private record Whole<T>(HttpRequest request, int statusCode, HttpHeaders headers, T body)
            implements HttpResponse<T> {
        @Override
        public Optional<HttpResponse<T>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return request.uri();
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }
}
