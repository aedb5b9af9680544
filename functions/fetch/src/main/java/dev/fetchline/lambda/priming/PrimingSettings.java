package dev.fetchline.lambda.priming;

import dev.fetchline.pipeline.FetchSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The settings of priming, of which the function's own environment is no part: whatever that opens or
/// closes, here one address is open, on the ports that priming itself holds.
final class PrimingSettings {
    private static final int LOOPBACK = 0x7f00_0001;

    private PrimingSettings() {}

    /// @param ports the only ones to fetch from
    /// @param trusted a file with the certificate authority of the web there
    /// @param aws where table and queues are
    static FetchSettings of(List<Integer> ports, Path trusted, URI aws) {
        return FetchSettings.fromEnvironment(environment(ports, trusted, aws));
    }

    /// The same, as the environment variables of a process.
    static Map<String, String> environment(List<Integer> ports, Path trusted, URI aws) {
        return Map.ofEntries(
                Map.entry("RESULTS_TABLE", "priming"),
                Map.entry("FETCH_BATCHES_TABLE", "priming-batches"),
                Map.entry("SOURCE_QUEUE_URL", aws + "/000000000000/priming"),
                Map.entry("DEAD_LETTER_QUEUE_URL", aws + "/000000000000/priming-dead"),
                Map.entry("FETCH_ALLOW_NETWORKS", "127.0.0.1"),
                Map.entry("FETCH_DENY_NETWORKS", allButLoopback()),
                Map.entry(
                        "FETCH_ALLOW_PORTS", ports.stream().map(String::valueOf).collect(Collectors.joining(","))),
                Map.entry("FETCH_IN_FLIGHT_MAX", "64"),
                Map.entry("FETCH_IN_FLIGHT_PER_HOST_MAX", "64"),
                Map.entry("FETCH_ATTEMPTS_MAX", "2"),
                Map.entry("FETCH_TIMEOUT_MS", "3000"),
                // What is to be tried later is deferred at once.
                Map.entry("FETCH_WAIT_INSIDE_MAX_MS", "0"),
                Map.entry("FETCH_EXTRA_CA_FILE", trusted.toString()));
    }

    /// The deny-list goes before everything else: public addresses, open by default, are closed by it. For
    /// each bit of 127.0.0.1 the block that begins alike and differs there.
    private static String allButLoopback() {
        return IntStream.rangeClosed(1, 32)
                        .mapToObj(bits -> block(LOOPBACK ^ (1 << (32 - bits)), bits))
                        .collect(Collectors.joining(","))
                + ",::/0";
    }

    private static String block(int address, int bits) {
        int network = address & (-1 << (32 - bits));
        return "%d.%d.%d.%d/%d"
                .formatted(network >>> 24, (network >>> 16) & 0xff, (network >>> 8) & 0xff, network & 0xff, bits);
    }
}
