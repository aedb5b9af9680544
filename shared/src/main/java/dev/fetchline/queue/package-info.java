/// Our side of SQS: messages as they came, and what is sent back to the queues.
@NullMarked
package dev.fetchline.queue;

import org.jspecify.annotations.NullMarked;
