package dev.fetchline.pipeline;

import dev.fetchline.http.AddressLookup;
import dev.fetchline.http.FetchClient;
import dev.fetchline.http.NativeCrypto;
import dev.fetchline.pace.Time;
import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.DoubleSupplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/// All that a pipeline reaches outside of itself. Whoever gives it other surroundings has the same
/// pipeline in another world: the simulator does.
///
/// @param web sends the requests
/// @param addresses looks names up
/// @param executor runs what may block, and what follows a response
/// @param random draws from 0 (inclusive) to 1 (exclusive)
/// @param heapBytes that the JVM may use: half of it is for bodies in flight
public record Surroundings(
        DynamoDbAsyncClient dynamoDb,
        SqsAsyncClient sqs,
        HttpClient web,
        AddressLookup addresses,
        Executor executor,
        Time time,
        DoubleSupplier random,
        long heapBytes) {
    /// The real web, with threads of its own.
    ///
    /// @param resolver gives the addresses that are judged; the client must connect to no others
    public static Surroundings real(
            FetchSettings settings,
            AddressLookup.Resolver resolver,
            DynamoDbAsyncClient dynamoDb,
            SqsAsyncClient sqs,
            Time time,
            DoubleSupplier random,
            long heapBytes) {
        // Virtual threads: look-ups block, and the client's own cached pool costs twice the CPU.
        Executor executor = Executors.newVirtualThreadPerTaskExecutor();
        return new Surroundings(
                dynamoDb,
                sqs,
                FetchClient.create(executor, settings.extraCaFile(), NativeCrypto.engage()),
                new AddressLookup(executor, resolver),
                executor,
                time,
                random,
                heapBytes);
    }
}
