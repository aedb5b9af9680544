/// A web of servers that lie, break off, stall and point where they must not, with the record that each has to give.
/// The servers are on addresses of the loopback network, and what runs against them is the packaged function.
@NullMarked
package dev.fetchline.local.hostile;

import org.jspecify.annotations.NullMarked;
