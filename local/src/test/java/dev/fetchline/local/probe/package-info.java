/// A function made to misbehave on demand: what the stack's tests package and run in place of the real one.
@NullMarked
package dev.fetchline.local.probe;

import org.jspecify.annotations.NullMarked;
