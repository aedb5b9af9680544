/// The bare loop: what is left of a fetcher in Java when all that Fetchline adds is left out.
@NullMarked
package dev.fetchline.bench.bare;

import org.jspecify.annotations.NullMarked;
