/// A table of DynamoDB's protocol in memory: as fast as a load run needs, with faults on demand. What it
/// answers is held to DynamoDB Local by one contract test.
@NullMarked
package dev.fetchline.local.table;

import org.jspecify.annotations.NullMarked;
