package dev.fetchline.local.stack;

import java.net.URI;

/// What goes wrong in a local run on purpose. Each method is asked at one point of an invocation's way, by many threads
/// at once, and may take its time there: what it holds up waits, and nothing else.
public interface Disturbance {
    /// Nothing goes wrong on purpose.
    Disturbance NONE = new Disturbance() {};

    /// What the function is given as the endpoint of SQS, such as a proxy before it; the stack itself uses its own.
    default URI sqsEndpoint(URI own) {
        return own;
    }

    /// What the function is given as the endpoint of DynamoDB; the stack itself uses its own.
    default URI dynamoDbEndpoint(URI own) {
        return own;
    }

    /// A process of the function has been started, and its static init has just begun.
    default void starting(FunctionEnvironment environment) {}

    /// Its static init is done and a snapshot could be taken of it (SnapStart); it is restored when this returns.
    default void restoring(FunctionEnvironment environment) {}

    /// An event is about to be handed to the environment.
    default void invoking(FunctionEnvironment environment) {}

    /// The function has posted its answer. Whether that gets lost: the function sees its connection closed, and the
    /// invocation counts as failed.
    default boolean losesAnswer(FunctionEnvironment environment) {
        return false;
    }

    /// No invocation is under way in the environment. Whether its process is stopped until the next one, as Lambda
    /// freezes its environments.
    default boolean freezes(FunctionEnvironment environment) {
        return false;
    }

    /// Whether a batch is handed out twice at the same time, as a standard queue may do with any message.
    ///
    /// @param messages in the batch
    default boolean handsOutTwice(int messages) {
        return false;
    }
}
