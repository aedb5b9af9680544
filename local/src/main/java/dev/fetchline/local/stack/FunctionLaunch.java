package dev.fetchline.local.stack;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Everything that every environment of the function starts with.
///
/// @param initTimeout for the static init; the template's timeout also where a drill shortens that of invocations
/// @param command of the process, such as that of [RuntimeClient#command]
/// @param overrides environment variables over those of the template
/// @param sqsEndpoint what the function is given, which may be a proxy
/// @param dynamoDbEndpoint what the function is given, which may be a proxy
/// @param invocationsMax that one environment serves at once
/// @param snapStart whether its environments are restored from a snapshot
/// @param disturbance what goes wrong on purpose
record FunctionLaunch(
        FunctionDefinition function,
        Duration initTimeout,
        Path artifact,
        List<String> command,
        Map<String, String> overrides,
        URI sqsEndpoint,
        URI dynamoDbEndpoint,
        int invocationsMax,
        boolean snapStart,
        Disturbance disturbance) {
    String functionArn() {
        return "arn:aws:lambda:" + StackTemplate.REGION + ":" + StackTemplate.ACCOUNT + ":function:" + function.name();
    }
}
