package dev.fetchline.local.chaos;

import java.util.concurrent.atomic.AtomicInteger;

/// Where on its way an environment will be killed.
///
/// @param point the kind of call
/// @param callsBefore how many of these it still survives
record Doom(Point point, AtomicInteger callsBefore) {
    Doom(Point point, int callsBefore) {
        this(point, new AtomicInteger(callsBefore));
    }

    enum Point {
        BEFORE_A_WRITE,
        AFTER_A_WRITE,
        BEFORE_A_DEFERRAL,
        AFTER_A_DEFERRAL,
        BEFORE_THE_ANSWER,
        ANY_MOMENT
    }

    boolean strikes(Operation operation, boolean answered) {
        boolean here = switch (operation.name()) {
            case "BatchWriteItem", "PutItem" -> point == (answered ? Point.AFTER_A_WRITE : Point.BEFORE_A_WRITE);
            case "SendMessageBatch" -> point == (answered ? Point.AFTER_A_DEFERRAL : Point.BEFORE_A_DEFERRAL);
            default -> false;
        };
        // Of deferrals there is seldom more than one call.
        return here && (operation.name().equals("SendMessageBatch") || callsBefore.getAndDecrement() == 0);
    }
}
