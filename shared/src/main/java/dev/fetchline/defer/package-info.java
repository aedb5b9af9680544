/// How unfinished items go back to the queue: written as messages of our own, packed, and sent.
@NullMarked
package dev.fetchline.defer;

import org.jspecify.annotations.NullMarked;
