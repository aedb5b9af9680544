/// A submitted batch as the tools see it: its head and progress in the batches table, its records in the results table.
@NullMarked
package dev.fetchline.local.batch;

import org.jspecify.annotations.NullMarked;
