package dev.fetchline.lambda;

import dev.fetchline.http.AddressLookup;
import dev.fetchline.pace.Time;
import dev.fetchline.pipeline.Assembly;
import dev.fetchline.pipeline.FetchPipeline;
import dev.fetchline.pipeline.FetchSettings;
import dev.fetchline.pipeline.Surroundings;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Makes the pipeline of an environment, with everything that is made once.
///
/// @param names of the engaged lock: whatever is made here may look names up
record ColdStart(Map<String, String> environment, FetchSettings settings, AddressLookup.Resolver names, Time time) {
    /// Whether a snapshot is to be taken of this environment, and nothing that no other may share is to be
    /// made before.
    boolean isForSnapshot() {
        return "snap-start".equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"));
    }

    /// The SDK's clients on one thread, TLS and the HTTP client on another: together they are most of a
    /// start, and have nothing in common.
    ///
    /// @throws IllegalArgumentException with one sentence where a setting does not work
    FetchPipeline pipeline() {
        // Seeded here. The seeds of ThreadLocalRandom are part of a snapshot: all who are restored from one would wait
        // for the same time and come back together. For the same reason the SDK draws its waits from this one.
        Random random = new Random(new SecureRandom().nextLong());
        CompletableFuture<AwsClients> aws = CompletableFuture.supplyAsync(
                () -> AwsClients.of(environment, random::nextDouble),
                task -> Thread.ofPlatform().daemon().name("fetchline-start").start(task));
        try {
            return Assembly.assemble(
                    settings,
                    Surroundings.real(
                            settings,
                            names,
                            () -> aws.join().dynamoDb(),
                            () -> aws.join().sqs(),
                            time,
                            random::nextDouble,
                            Runtime.getRuntime().maxMemory()));
        } catch (CompletionException failure) {
            // The sentence of the init error is that of what failed, not of the thread that it failed on.
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }
}
