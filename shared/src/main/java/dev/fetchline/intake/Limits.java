package dev.fetchline.intake;

/// Every limit on what a message may say, with its unit and where it comes from. Each is the largest value allowed
/// unless its name says otherwise.
final class Limits {
    /// Items in one message, invalid ones included. A message is read whole, so this bounds the heap that it takes.
    static final int ITEMS_MAX = 10_000;

    /// A URL as submitted, in UTF-8 bytes. RFC 9110 section 4.1 asks for 8,000 octets at least.
    static final int URL_BYTES_MAX = 8_192;

    /// `batchId` and `tag`, in UTF-8 bytes. The table takes keys of up to 2,048 bytes; a name needs no more than this.
    static final int NAME_BYTES_MAX = 256;

    /// Headers of one item after the batch's defaults are merged in.
    static final int HEADERS_MAX = 32;

    /// Names and values of the headers of one item together, in bytes: the size that common servers accept.
    static final int HEADER_BYTES_MAX = 8_192;

    /// `timeoutMs` in milliseconds: at least this.
    static final int TIMEOUT_MS_MIN = 1;

    /// `timeoutMs` in milliseconds: 15 minutes, the longest that a Lambda invocation can last.
    static final int TIMEOUT_MS_MAX = 900_000;

    /// `maxBodyBytes` in decoded bytes: at least this; 0 asks for status and headers alone.
    static final int BODY_BYTES_MIN = 0;

    /// `maxBodyBytes` in decoded bytes: 1 GiB; the function's own limit is lower and still applies.
    static final int BODY_BYTES_MAX = 1_073_741_824;

    /// Arrays and objects inside each other. Our own forms need 7: the headers of a deferred item.
    static final int JSON_DEPTH_MAX = 8;

    /// A number in JSON, in characters.
    static final int JSON_NUMBER_CHARS_MAX = 100;

    /// The name of a JSON field, in characters.
    static final int JSON_NAME_CHARS_MAX = 256;

    /// A JSON body, in characters: 6 MiB, what a Lambda event can hold. SQS itself stops at 1 MiB.
    static final int JSON_CHARS_MAX = 6 * 1_024 * 1_024;

    /// `hop` and `made` of a deferral. One a second for eleven days; the age of an item ends it long before.
    static final int COUNT_MAX = 1_000_000;

    /// A moment in a deferral, in epoch milliseconds: the end of the year 9999.
    static final long EPOCH_MS_MAX = 253_402_300_799_999L;

    /// The status of a response: at least this.
    static final int HTTP_STATUS_MIN = 100;

    /// The status of a response: three digits (RFC 9110 section 15).
    static final int HTTP_STATUS_MAX = 999;

    /// The kind of a failure in a deferral, in characters.
    static final int KIND_CHARS_MAX = 64;

    /// A sentence on a failure, or the reason why an entry is invalid, in a deferral, in characters.
    static final int DETAIL_CHARS_MAX = 1_024;

    /// What a reason repeats of the text at fault, in characters after escaping.
    static final int SHOWN_CHARS_MAX = 80;

    private Limits() {}
}
