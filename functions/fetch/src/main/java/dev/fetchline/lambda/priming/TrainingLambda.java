package dev.fetchline.lambda.priming;

import dev.fetchline.lambda.priming.LoopbackServer.Answer;
import dev.fetchline.lambda.priming.LoopbackServer.Request;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lambda's Runtime API for the training run of one function: hands out its events, one after another.
final class TrainingLambda implements AutoCloseable {
    private static final String DEADLINE_MS = "Lambda-Runtime-Deadline-Ms: ";
    private static final long INVOCATION_MS = 120_000;

    private final Queue<String> events;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile String fault = "";
    private final LoopbackServer server;

    private TrainingLambda(List<String> events) throws IOException {
        this.events = new ConcurrentLinkedQueue<>(events);
        server = LoopbackServer.start(new ServerSocket(), this::answer);
    }

    static TrainingLambda start(List<String> events) throws IOException {
        return new TrainingLambda(events);
    }

    /// Host and port, as in `AWS_LAMBDA_RUNTIME_API`.
    String address() {
        return "127.0.0.1:" + server.port();
    }

    /// Waits until all events are answered, the function reported a fault, or [#end] was called.
    ///
    /// @return whether that came within `minutes`
    boolean awaitEnd(long minutes) throws InterruptedException {
        return end.await(minutes, TimeUnit.MINUTES);
    }

    /// What the function reported in place of an answer; empty for nothing.
    String fault() {
        return fault;
    }

    /// Nothing more is to be waited for.
    void end() {
        end.countDown();
    }

    private Answer answer(Request request) {
        if (request.path().endsWith("/invocation/next")) {
            return next();
        }
        if (request.path().endsWith("/error")) {
            fault = request.body();
            end();
        }
        return json("202 Accepted", "", "{\"status\":\"OK\"}");
    }

    private Answer next() {
        String event = events.poll();
        if (event == null) {
            end();
            waitForClose();
            return new Answer("", true);
        }
        return json(
                "200 OK",
                "Lambda-Runtime-Aws-Request-Id: training-" + events.size() + "\r\n" + DEADLINE_MS
                        + (System.currentTimeMillis() + INVOCATION_MS)
                        + "\r\nLambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:000000000000:function:"
                        + "training\r\n",
                event);
    }

    /// As Lambda does while it has no event, until the server is closed.
    private static void waitForClose() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Answer json(String status, String headers, String body) {
        return new Answer(
                "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n"
                        + headers + "\r\n" + body,
                false);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
