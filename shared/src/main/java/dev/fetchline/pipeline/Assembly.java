package dev.fetchline.pipeline;

import dev.fetchline.guard.UrlGuard;
import dev.fetchline.http.AddressLookup;
import dev.fetchline.http.FetchClient;
import dev.fetchline.http.Fetcher;
import dev.fetchline.pace.HostGate;
import dev.fetchline.pace.Time;
import dev.fetchline.queue.Quarantine;
import dev.fetchline.queue.Visibility;
import dev.fetchline.record.RecordMapper;
import dev.fetchline.record.ResultTable;
import dev.fetchline.retry.RetryPolicy;
import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.DoubleSupplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/// Puts a pipeline together, once an environment.
public final class Assembly {
    /// Headers, URLs and the rest of a record at the most, as the JVM holds them.
    private static final int RECORD_BYTES_BESIDE_BODY = 32 * 1024;

    private Assembly() {}

    /// A pipeline with everything it needs.
    ///
    /// @param random draws from 0 (inclusive) to 1 (exclusive)
    /// @param heapBytes that the JVM may use: half of it is for bodies in flight
    public static FetchPipeline assemble(
            FetchSettings settings,
            DynamoDbAsyncClient dynamoDb,
            SqsAsyncClient sqs,
            Time time,
            DoubleSupplier random,
            long heapBytes) {
        // Virtual threads: look-ups block, and the client's own cached pool costs twice the CPU.
        Executor executor = Executors.newVirtualThreadPerTaskExecutor();
        UrlGuard guard = new UrlGuard(
                settings.allowPorts(), settings.allowNetworks(), settings.denyNetworks(), settings.deniedEndpoints());
        HttpClient client = FetchClient.create(executor, settings.extraCaFile());
        HostGate gate = new HostGate(
                settings.inFlightMax(),
                settings.inFlightPerHostMax(),
                heapBytes / 2,
                unwrittenMax(settings.storedBodyBytesMax(), heapBytes));
        Attempts attempts = new Attempts(
                guard,
                gate,
                new Fetcher(client, new AddressLookup(executor), guard, settings.userAgent(), time, executor),
                new RetryPolicy(settings.attemptsMax(), random),
                time,
                new Attempts.FetchLimits(settings.timeout(), settings.bodyBytesMax(), settings.redirectsMax()));
        return new FetchPipeline(
                guard,
                gate,
                attempts,
                new RecordMapper(settings.bodyStorage(), settings.storedBodyBytesMax(), settings.resultTimeToLive()),
                new ResultTable(dynamoDb, settings.resultsTable(), time, random),
                new Quarantine(sqs, settings.deadLetterQueueUrl()),
                new Visibility(sqs, settings.sourceQueueUrl(), random),
                time);
    }

    /// As many records as an eighth of the heap holds, if each is as large as the settings let it be.
    private static int unwrittenMax(int storedBodyBytesMax, long heapBytes) {
        return Math.clamp(heapBytes / 8 / (storedBodyBytesMax + RECORD_BYTES_BESIDE_BODY), 100, 5_000);
    }
}
