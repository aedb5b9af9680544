package dev.fetchline.record;

import dev.fetchline.aws.CallFault;
import dev.fetchline.pace.Completion;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// What a failed call to the table means for what it carried.
enum TableFault {
    /// Throttled, down, slow or cut off: the same call may succeed later.
    TRANSIENT,
    /// Something in the call is not as the table wants it; in a batch it may be one item's fault.
    REJECTED_CONTENT,
    /// The condition does not hold: a record that stands above ours is there already.
    CONDITION,
    /// No table, no permission: no call will succeed.
    PERMANENT;

    static TableFault of(Throwable thrown) {
        if (Completion.cause(thrown) instanceof ConditionalCheckFailedException) {
            return CONDITION;
        }
        if (CallFault.isTransient(thrown)) {
            return TRANSIENT;
        }
        return switch (CallFault.codeOf(thrown)) {
            case "ValidationException", "ItemCollectionSizeLimitExceededException" -> REJECTED_CONTENT;
            default -> PERMANENT;
        };
    }
}
