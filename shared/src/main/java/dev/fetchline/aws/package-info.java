/// What concerns calls of AWS whichever room makes them: what a failure means, and how a batch of records
/// is written as JSON.
@NullMarked
package dev.fetchline.aws;

import org.jspecify.annotations.NullMarked;
