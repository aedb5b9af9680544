@NullMarked
package dev.fetchline.local.simulation;

import org.jspecify.annotations.NullMarked;
