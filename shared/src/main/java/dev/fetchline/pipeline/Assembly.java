package dev.fetchline.pipeline;

import dev.fetchline.defer.Deferrals;
import dev.fetchline.guard.UrlGuard;
import dev.fetchline.http.Fetcher;
import dev.fetchline.pace.Backoff;
import dev.fetchline.pace.HostGate;
import dev.fetchline.progress.ProgressTable;
import dev.fetchline.queue.Quarantine;
import dev.fetchline.queue.Visibility;
import dev.fetchline.record.RecordMapper;
import dev.fetchline.record.ResultTable;
import dev.fetchline.retry.RetryPolicy;

/// Puts a pipeline together, once an environment.
public final class Assembly {
    /// Headers, URLs and the rest of a record at the most, as the JVM holds them.
    private static final int RECORD_BYTES_BESIDE_BODY = 32 * 1024;

    private Assembly() {}

    /// A pipeline with everything it needs.
    public static FetchPipeline assemble(FetchSettings settings, Surroundings around) {
        UrlGuard guard = settings.guard();
        HostGate gate = new HostGate(
                settings.inFlightMax(),
                settings.inFlightPerHostMax(),
                around.heapBytes() / 2,
                unwrittenMax(settings.storedBodyBytesMax(), around.heapBytes()));
        Attempts attempts = new Attempts(
                guard,
                gate,
                new Fetcher(around.web(), around.addresses(), guard, settings.userAgent(), around.time()),
                new RetryPolicy(settings.attemptsMax(), settings.waits(), around.random()),
                around.time(),
                new Attempts.FetchLimits(settings.timeout(), settings.bodyBytesMax(), settings.redirectsMax()));
        RecordMapper mapper =
                new RecordMapper(settings.bodyStorage(), settings.storedBodyBytesMax(), settings.resultTimeToLive());
        ResultTable table =
                new ResultTable(around.dynamoDb(), settings.resultsTable(), around.time(), around.random(), gate);
        Deferrals deferrals = new Deferrals(around.sqs(), settings.sourceQueueUrl(), around.time(), around.random());
        EstimatedTurns.Rates slowestRates =
                EstimatedTurns.Rates.of(settings.inFlightPerHostMax(), settings.inFlightMax(), settings.timeout());
        Ages ages = new Ages(
                settings.ageMax(),
                new Backoff(Ages.REFUSED_WAIT_FIRST, Ages.REFUSED_WAIT_MAX, around.random()),
                around.time());
        return new FetchPipeline(
                gate,
                new ItemWork(guard, gate, attempts, mapper, ages, around.time()),
                table,
                new Deferring(deferrals, table, mapper, around.time(), ages, slowestRates),
                new Quarantine(around.sqs(), settings.deadLetterQueueUrl()),
                new Visibility(around.sqs(), settings.sourceQueueUrl(), around.random()),
                new ProgressTable(around.dynamoDb(), settings.batchesTable(), around.time()),
                ages,
                around.time());
    }

    /// As many records as an eighth of the heap holds, if each is as large as the settings let it be.
    private static int unwrittenMax(int storedBodyBytesMax, long heapBytes) {
        return Math.clamp(heapBytes / 8 / (storedBodyBytesMax + RECORD_BYTES_BESIDE_BODY), 100, 5_000);
    }
}
