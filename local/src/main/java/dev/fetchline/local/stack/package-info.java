@NullMarked
package dev.fetchline.local.stack;

import org.jspecify.annotations.NullMarked;
