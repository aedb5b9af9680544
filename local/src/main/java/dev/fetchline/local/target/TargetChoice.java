package dev.fetchline.local.target;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Which stack a person named. With neither an endpoint nor a stack it is the one that `up` runs from this checkout.
///
/// @param endpoint of an emulator that has SQS and DynamoDB at one address
/// @param stack name or ARN of a deployed CloudFormation stack
/// @param region of the stack; null for the one that the AWS CLI would take
/// @param profile of the AWS CLI's files; null for the one that it would take
public record TargetChoice(
        @Nullable URI endpoint,
        @Nullable String stack,
        @Nullable String region,
        @Nullable String profile) {
    /// The stack that `up` runs.
    public static final TargetChoice UP = new TargetChoice(null, null, null, null);

    public TargetChoice {
        if (endpoint != null && stack != null) {
            throw new TargetException("--endpoint and --stack name two stacks; give one of them.");
        }
        if (stack == null && (region != null || profile != null)) {
            throw new TargetException("--region and --profile are for a deployed stack; name it with --stack.");
        }
    }
}
