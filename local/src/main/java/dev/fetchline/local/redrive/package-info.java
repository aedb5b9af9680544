/// Sends URLs again: of messages that ended on the dead-letter queue, or of a batch's records.
@NullMarked
package dev.fetchline.local.redrive;

import org.jspecify.annotations.NullMarked;
