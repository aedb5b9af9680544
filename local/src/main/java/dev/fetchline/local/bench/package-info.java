/// The function measured beside other programs on the same work: what serves them, what they are, what is read of
/// their processes, and what is told of it.
@NullMarked
package dev.fetchline.local.bench;

import org.jspecify.annotations.NullMarked;
