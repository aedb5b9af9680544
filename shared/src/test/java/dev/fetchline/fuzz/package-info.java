/// Seeded fuzzing of what reads text and bytes from strangers: inputs by grammar and by mutation,
/// guided by coverage,
/// each held against promises. Nothing here needs JUnit, so that `./fetchline prove fuzz` runs the same.
@NullMarked
package dev.fetchline.fuzz;

import org.jspecify.annotations.NullMarked;
