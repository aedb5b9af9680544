@NullMarked
package dev.fetchline.http;

import org.jspecify.annotations.NullMarked;
