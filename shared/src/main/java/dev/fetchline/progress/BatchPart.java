package dev.fetchline.progress;

/// One partition of the results table as what its sender thinks of: a large batch is sent in parts, `nightly/00`,
/// `nightly/01` and so on, so that its records do not all go to one partition.
///
/// @param family the batch as its sender named it: what stands before a `/` and two digits or more at the end of a
///     batch id; the whole id where it does not end so
/// @param name of the part: those digits; [#WHOLE] where there are none
public record BatchPart(String family, String name) {
    /// The name of the one part of a batch that has no parts.
    public static final String WHOLE = "-";

    private static final int DIGITS_MIN = 2;

    /// The part that `batchId` names.
    public static BatchPart of(String batchId) {
        int digits = batchId.length();
        while (digits > 0 && isDigit(batchId.charAt(digits - 1))) {
            digits--;
        }
        boolean isPart = batchId.length() - digits >= DIGITS_MIN && digits >= 2 && batchId.charAt(digits - 1) == '/';
        return isPart
                ? new BatchPart(batchId.substring(0, digits - 1), batchId.substring(digits))
                : new BatchPart(batchId, WHOLE);
    }

    /// The batch id of this part.
    public String batchId() {
        return name.equals(WHOLE) ? family : family + "/" + name;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
