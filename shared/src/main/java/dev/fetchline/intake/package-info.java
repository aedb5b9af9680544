@NullMarked
package dev.fetchline.intake;

import org.jspecify.annotations.NullMarked;
