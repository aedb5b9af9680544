/// What a failed call of an AWS service means, whichever service it is.
@NullMarked
package dev.fetchline.aws;

import org.jspecify.annotations.NullMarked;
