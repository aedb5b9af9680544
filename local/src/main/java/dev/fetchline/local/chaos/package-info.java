/// Faults on purpose: a proxy between the function and its servers, a web of every temper, and the plan of what breaks.
@NullMarked
package dev.fetchline.local.chaos;

import org.jspecify.annotations.NullMarked;
