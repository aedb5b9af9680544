@NullMarked
package dev.fetchline.guard;

import org.jspecify.annotations.NullMarked;
