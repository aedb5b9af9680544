package dev.fetchline.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.fetchline.guard.ResolverLock;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.SystemTime;
import dev.fetchline.pace.Time;
import dev.fetchline.pipeline.BatchVerdict;
import dev.fetchline.pipeline.FetchPipeline;
import dev.fetchline.pipeline.FetchSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/// The Lambda function behind the queue: hands a batch of messages to the pipeline, and tells SQS which
/// of them must come again. Nothing is acknowledged before its records are durable.
///
/// Over streams: the runtime client would bind events to objects by a data binder of its own, 800 classes of a start.
/// Without mutable fields: with `AWS_LAMBDA_MAX_CONCURRENCY` the runtime shares one instance between
/// threads.
public final class FetchHandler implements RequestStreamHandler {
    /// What is kept of the invocation's time for the response itself.
    static final Duration RESPONSE_TIME = Duration.ofSeconds(1);

    private final Supplier<FetchPipeline> pipeline;
    private final InvocationLog log;
    private final Time time;

    /// The function as Lambda starts it: everything that is made once is made here, before the first
    /// message; under SnapStart after each restore ([SnapStart]).
    ///
    /// @throws IllegalArgumentException with one sentence where a setting is not as expected: the
    ///     init error
    /// @throws IllegalStateException where names would be looked up past the guard: an init error too
    public FetchHandler() {
        this(System.getenv(), new SystemTime());
    }

    private FetchHandler(Map<String, String> environment, Time time) {
        this(environment, FetchSettings.fromEnvironment(environment), time);
    }

    private FetchHandler(Map<String, String> environment, FetchSettings settings, Time time) {
        // Before anything else: the JVM decides at its first look-up, for good, who is asked for addresses.
        this(environment, settings, ResolverLock.engage(settings.guard(), settings.fixedNames(), time), time);
    }

    private FetchHandler(Map<String, String> environment, FetchSettings settings, ResolverLock lock, Time time) {
        this(
                new ColdStart(environment, settings, lock::lookUp, time),
                InvocationLog.toStandardOutput(time, settings.debugLog()),
                time);
    }

    private FetchHandler(ColdStart start, InvocationLog log, Time time) {
        this(start.isForSnapshot() ? SnapStart.registered(start, log, time) : made(start), log, time);
    }

    FetchHandler(FetchPipeline pipeline, InvocationLog log, Time time) {
        this(() -> pipeline, log, time);
    }

    FetchHandler(Supplier<FetchPipeline> pipeline, InvocationLog log, Time time) {
        this.pipeline = pipeline;
        this.log = log;
        this.time = time;
    }

    private static Supplier<FetchPipeline> made(ColdStart start) {
        FetchPipeline pipeline = start.pipeline();
        return () -> pipeline;
    }

    /// Works through a batch and names the messages that must come again.
    ///
    /// @param event as [SqsEventReader] reads it
    /// @param response as [SqsResponse] writes it
    /// @throws IllegalArgumentException where the event is not one of SQS
    @Override
    public void handleRequest(InputStream event, OutputStream response, Context context) throws IOException {
        long start = time.nanoTime();
        Deadline deadline = Deadline.in(
                Duration.ofMillis(context.getRemainingTimeInMillis()).minus(RESPONSE_TIME), time);
        // The one place where a thread waits for the futures.
        BatchVerdict verdict = pipeline.get()
                .process(SqsEventReader.read(event, time.now()), deadline, context.getAwsRequestId())
                .join();
        log.write(context, verdict, Duration.ofNanos(time.nanoTime() - start));
        SqsResponse.write(verdict.reportedBack(), response);
    }
}
