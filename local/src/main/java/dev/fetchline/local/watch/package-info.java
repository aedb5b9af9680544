/// What is known of a batch while it is worked on, and when enough is known to call it finished.
@NullMarked
package dev.fetchline.local.watch;

import org.jspecify.annotations.NullMarked;
