package dev.fetchline.local.stack;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/// Everything that every environment of the function starts with.
///
/// @param overrides environment variables over those of the template
record FunctionLaunch(
        FunctionDefinition function,
        Path artifact,
        Map<String, String> overrides,
        RuntimeClient client,
        URI sqsEndpoint,
        URI dynamoDbEndpoint) {
    String functionArn() {
        return "arn:aws:lambda:" + StackTemplate.REGION + ":" + StackTemplate.ACCOUNT + ":function:" + function.name();
    }
}
