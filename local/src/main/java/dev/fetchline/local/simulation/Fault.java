package dev.fetchline.local.simulation;

/// What can go wrong in a world. Each has its chance in the [Weather].
public enum Fault {
    MESSAGE_HANDED_OUT_TWICE("a message handed out a second time while it was worked on"),
    MESSAGE_TWICE_IN_A_BATCH("a message twice in one batch"),
    DELETE_LOST("an acknowledged message that stayed"),
    SEND_REFUSED("a send to the queue refused"),
    SEND_PARTLY_REFUSED("a send to the queue refused in part"),
    SEND_LOST("a send to the queue that never arrived"),
    SEND_UNANSWERED("a send to the queue that arrived, its answer lost"),
    QUEUE_SLOW("a slow answer of the queue"),
    VISIBILITY_LOST("a change of visibility that had no effect"),
    TABLE_THROTTLED("a call that the table throttled"),
    TABLE_PARTLY("a call that the table did in part"),
    TABLE_BROKEN("a call that the table failed with a 5xx"),
    TABLE_LOST("a call that never reached the table"),
    TABLE_UNANSWERED("a call that the table did, its answer lost"),
    TABLE_SLOW("a slow answer of the table"),
    TABLE_DOWN("a call while the table was down"),
    ENVIRONMENT_KILLED("an environment killed"),
    ENVIRONMENT_FROZEN("an environment frozen in an invocation"),
    ENVIRONMENT_RETIRED("an environment retired between invocations"),
    RESPONSE_LOST("a response of the function lost"),
    CLOCK_JUMPED("a wall clock that jumped"),
    NAME_UNRESOLVED("a look-up of a name that failed"),
    CONNECTION_REFUSED("a connection refused or reset"),
    RESPONSE_CUT("a response cut off in its body"),
    SERVER_SILENT("a server that never answered"),
    SERVER_ERROR("a 5xx of a server"),
    TOLD_TO_WAIT("a 429 or 503 with Retry-After");

    private final String label;

    Fault(String label) {
        this.label = label;
    }

    /// For people: one of its kind.
    public String label() {
        return label;
    }
}
