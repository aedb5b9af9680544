/// The function's own figures on this machine, as the dashboard shows them of a deployed stack.
@NullMarked
package dev.fetchline.local.metrics;

import org.jspecify.annotations.NullMarked;
