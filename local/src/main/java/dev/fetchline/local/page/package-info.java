/// The page: a stack's batches, records, hosts and dead letters in a browser, served to this machine only.
@NullMarked
package dev.fetchline.local.page;

import org.jspecify.annotations.NullMarked;
