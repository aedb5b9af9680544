/// Submitting a batch: input is read and checked whole, packed into messages by registrable host, and sent so that an
/// interrupted submit can go on where it was.
@NullMarked
package dev.fetchline.local.submit;

import org.jspecify.annotations.NullMarked;
