package dev.fetchline.pipeline;

import dev.fetchline.http.AddressLookup;
import dev.fetchline.http.FetchClient;
import dev.fetchline.http.NativeCrypto;
import dev.fetchline.pace.Time;
import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/// All that a pipeline reaches outside of itself. Whoever gives it other surroundings has the same
/// pipeline in another world: the simulator does.
///
/// @param web sends the requests
/// @param addresses looks names up
/// @param random draws from 0 (inclusive) to 1 (exclusive)
/// @param heapBytes that the JVM may use: half of it is for bodies in flight
public record Surroundings(
        DynamoDbAsyncClient dynamoDb,
        SqsAsyncClient sqs,
        HttpClient web,
        AddressLookup addresses,
        Time time,
        DoubleSupplier random,
        long heapBytes) {
    /// The real web, with threads of its own.
    ///
    /// @param resolver gives the addresses that are judged; the client must connect to no others
    /// @param dynamoDb asked for when the web's client has been made: both take their time, and may take it at once
    /// @param sqs asked for as `dynamoDb` is
    public static Surroundings real(
            FetchSettings settings,
            AddressLookup.Resolver resolver,
            Supplier<DynamoDbAsyncClient> dynamoDb,
            Supplier<SqsAsyncClient> sqs,
            Time time,
            DoubleSupplier random,
            long heapBytes) {
        // Virtual threads: look-ups block, and the client's own cached pool costs twice the CPU.
        Executor executor = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient web = FetchClient.create(executor, settings.extraCaFile(), NativeCrypto.engage());
        return new Surroundings(
                dynamoDb.get(), sqs.get(), web, new AddressLookup(executor, resolver), time, random, heapBytes);
    }
}
