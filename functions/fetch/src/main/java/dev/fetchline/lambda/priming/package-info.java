/// Walks the function's path before a snapshot is taken of it (SnapStart), against servers of its own on
/// loopback: what it leaves behind is compiled code and nothing else.
@NullMarked
package dev.fetchline.lambda.priming;

import org.jspecify.annotations.NullMarked;
