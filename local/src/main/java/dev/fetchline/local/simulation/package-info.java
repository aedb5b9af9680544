/// The real pipeline in a simulated world: virtual time, a queue, a table and a web in memory, faults drawn from one
/// seed,
/// and a checker that reads what happened.
@NullMarked
package dev.fetchline.local.simulation;

import org.jspecify.annotations.NullMarked;
