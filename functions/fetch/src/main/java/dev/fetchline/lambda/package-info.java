@NullMarked
package dev.fetchline.lambda;

import org.jspecify.annotations.NullMarked;
