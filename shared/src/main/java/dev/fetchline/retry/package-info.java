@NullMarked
package dev.fetchline.retry;

import org.jspecify.annotations.NullMarked;
