/// What the function does for each URL besides the network, measured part by part with JMH.
@NullMarked
package dev.fetchline.micro;

import org.jspecify.annotations.NullMarked;
