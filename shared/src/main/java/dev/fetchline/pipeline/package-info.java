@NullMarked
package dev.fetchline.pipeline;

import org.jspecify.annotations.NullMarked;
