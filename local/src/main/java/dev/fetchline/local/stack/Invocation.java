package dev.fetchline.local.stack;

/// How one invocation of the function ended.
///
/// @param succeeded whether the function answered; false for an exception, a timeout, a kill or a failed start
/// @param payload the answer's JSON, or the error's: `{"errorMessage": …, "errorType": …}`
public record Invocation(boolean succeeded, String payload) {}
