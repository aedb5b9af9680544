@NullMarked
package dev.fetchline.record;

import org.jspecify.annotations.NullMarked;
