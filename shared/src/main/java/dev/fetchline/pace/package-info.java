@NullMarked
package dev.fetchline.pace;

import org.jspecify.annotations.NullMarked;
