/// The stack that the tools work on: the one that `up` runs, an emulator's, or a deployed one.
@NullMarked
package dev.fetchline.local.target;

import org.jspecify.annotations.NullMarked;
