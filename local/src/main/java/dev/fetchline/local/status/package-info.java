/// How a stack is doing: its queues, its function, what went wrong last.
@NullMarked
package dev.fetchline.local.status;

import org.jspecify.annotations.NullMarked;
