/// What fetching costs: from measured CPU and list prices to dollars, for three designs.
@NullMarked
package dev.fetchline.local.cost;

import org.jspecify.annotations.NullMarked;
