package dev.fetchline.local.chaos;

/// What becomes of a call at one point of its way.
public sealed interface Fate {
    /// It goes on.
    Fate PASS = new Pass();

    /// The connection is reset.
    Fate RESET = new Reset();

    /// It goes on.
    record Pass() implements Fate {}

    /// The connection is reset, as by a load balancer that goes away.
    record Reset() implements Fate {}

    /// The caller gets this error.
    ///
    /// @param status of HTTP
    /// @param type the error's name in AWS' JSON protocols, such as `ThrottlingException`
    record Answer(int status, String type) implements Fate {}
}
