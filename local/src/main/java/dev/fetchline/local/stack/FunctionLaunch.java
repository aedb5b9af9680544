package dev.fetchline.local.stack;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Everything that every environment of the function starts with.
///
/// @param initTimeout for the static init; the template's timeout also where a drill shortens that of invocations
/// @param overrides environment variables over those of the template
/// @param sqsEndpoint what the function is given, which may be a proxy
/// @param dynamoDbEndpoint what the function is given, which may be a proxy
/// @param invocationsMax that one environment serves at once
/// @param disturbance what goes wrong on purpose
record FunctionLaunch(
        FunctionDefinition function,
        Duration initTimeout,
        Path artifact,
        Map<String, String> overrides,
        RuntimeClient client,
        URI sqsEndpoint,
        URI dynamoDbEndpoint,
        int invocationsMax,
        Disturbance disturbance) {
    /// The stand-in for the runtime client knows no hooks: the client's are native.
    boolean snapStart() {
        return function.snapStart() && client.isReal();
    }

    String functionArn() {
        return "arn:aws:lambda:" + StackTemplate.REGION + ":" + StackTemplate.ACCOUNT + ":function:" + function.name();
    }
}
