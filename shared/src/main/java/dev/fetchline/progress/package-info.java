@NullMarked
package dev.fetchline.progress;

import org.jspecify.annotations.NullMarked;
