package dev.fetchline.record;

import dev.fetchline.aws.CallFault;
import dev.fetchline.pace.HostGate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/// Writes records one by one, each under a condition or none: a conditional write has no batch form.
final class SinglePuts {
    /// Calls under way at once.
    static final int CALLS_MAX = 32;

    private final WriteCalls calls;
    private final HostGate places = new HostGate(CALLS_MAX, CALLS_MAX, Long.MAX_VALUE, Integer.MAX_VALUE);

    SinglePuts(WriteCalls calls) {
        this.calls = calls;
    }

    /// @param record is made when its turn to be written has come, and again for each further try
    CompletableFuture<WriteResult> put(Supplier<ResultRecord> record, Function<ResultRecord, RecordOrder> order) {
        return put(record, 0, order);
    }

    private CompletableFuture<WriteResult> put(
            Supplier<ResultRecord> record, int tries, Function<ResultRecord, RecordOrder> order) {
        return places.within(calls.table(), 1, calls.deadline(), () -> putNow(record.get(), order))
                .thenCompose(done -> done.map(failed -> afterPut(record, tries, order, failed))
                        .orElseGet(() -> done(new WriteResult.NotWritten(WriteCalls.NO_TIME))));
    }

    /// Completes with what went wrong, or with nothing where all is well.
    private CompletableFuture<Optional<Throwable>> putNow(
            ResultRecord record, Function<ResultRecord, RecordOrder> order) {
        PutItemRequest.Builder request =
                PutItemRequest.builder().tableName(calls.table()).item(record.item());
        order.apply(record).apply(request);
        return calls.deadline()
                .cut(calls.client().putItem(request.build()))
                .handle((_, failure) -> Optional.ofNullable(failure));
    }

    private CompletableFuture<WriteResult> afterPut(
            Supplier<ResultRecord> record,
            int tries,
            Function<ResultRecord, RecordOrder> order,
            Optional<Throwable> failed) {
        TableFault fault = failed.map(TableFault::of).orElse(TableFault.CONDITION);
        if (fault == TableFault.CONDITION) {
            calls.feedback().written(1);
            // After a try that was not answered, what stands there is most likely our own.
            return done(new WriteResult.Written(failed.isPresent() && tries == 0));
        }
        String reason = CallFault.describe(failed.get());
        if (fault == TableFault.REJECTED_CONTENT) {
            return done(new WriteResult.NotWritten(reason));
        }
        calls.feedback().refused();
        Duration delay = calls.backoff().delay(tries + 1);
        return calls.deadline().allows(delay)
                ? calls.time().sleep(delay).thenCompose(_ -> put(record, tries + 1, order))
                : done(new WriteResult.NotWritten(reason));
    }

    private static CompletableFuture<WriteResult> done(WriteResult result) {
        return CompletableFuture.completedFuture(result);
    }
}
