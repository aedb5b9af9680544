/// The records of a batch as files and figures: columns, CSV, bodies, and what each host did.
@NullMarked
package dev.fetchline.local.results;

import org.jspecify.annotations.NullMarked;
