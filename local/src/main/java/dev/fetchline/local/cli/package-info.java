@NullMarked
package dev.fetchline.local.cli;

import org.jspecify.annotations.NullMarked;
