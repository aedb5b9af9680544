package dev.fetchline.guard;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The value of a setting that lists networks, such as `FETCH_ALLOW_NETWORKS`. Immutable.
public final class Networks {
    /// No network at all.
    public static final Networks NONE = new Networks(List.of());

    private final List<Network> blocks;

    private Networks(List<Network> blocks) {
        this.blocks = List.copyOf(blocks);
    }

    /// Reads networks separated by commas, each as [Network#parse] does; spaces around them do not
    /// matter, and a blank text lists none.
    ///
    /// @throws IllegalArgumentException with a sentence for a person, if an entry is no network
    public static Networks parse(String text) {
        if (text.isBlank()) {
            return NONE;
        }
        return new Networks(Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(Network::parse)
                .toList());
    }

    /// The list of these blocks.
    public static Networks of(Network... blocks) {
        return new Networks(List.of(blocks));
    }

    /// Whether no network is listed.
    public boolean isEmpty() {
        return blocks.isEmpty();
    }

    /// Whether any block contains the address; see [Network#contains(InetAddress)].
    public boolean contains(InetAddress address) {
        return find(address).isPresent();
    }

    /// The first block, in the order listed, that contains the address.
    public Optional<Network> find(InetAddress address) {
        if (blocks.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = Addresses.plain(address).getAddress();
        for (var block : blocks) {
            if (block.contains(bytes)) {
                return Optional.of(block);
            }
        }
        return Optional.empty();
    }

    /// Whether some address lies in a block of these and in a block of the others.
    boolean overlap(Networks others) {
        return blocks.stream().anyMatch(block -> others.blocks.stream().anyMatch(block::overlaps));
    }

    @Override
    public String toString() {
        return String.join(",", blocks.stream().map(Network::toString).toList());
    }
}
