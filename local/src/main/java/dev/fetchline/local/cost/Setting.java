package dev.fetchline.local.cost;

/// What the template sets, as far as it costs anything.
///
/// @param memoryMb of the function
/// @param batch messages in an invocation
/// @param windowSeconds that a batch waits for more messages
/// @param concurrency environments at once
/// @param inFlight requests under way in an environment
/// @param perHost requests under way to one host from an environment
public record Setting(int memoryMb, int batch, int windowSeconds, int concurrency, int inFlight, int perHost) {
    /// Memory that comes with one vCPU (Lambda developer guide, "Configure Lambda function memory").
    static final double MB_PER_VCPU = 1_769;

    /// Vcpus that the function can keep busy, whatever its memory.
    static final double VCPUS_USED_MAX = 2;

    Setting withMemory(int megabytes) {
        return new Setting(megabytes, batch, windowSeconds, concurrency, inFlight, perHost);
    }

    Setting withBatch(int messages) {
        return new Setting(memoryMb, messages, windowSeconds, concurrency, inFlight, perHost);
    }

    Setting withConcurrency(int environments) {
        return new Setting(memoryMb, batch, windowSeconds, environments, inFlight, perHost);
    }

    /// Vcpus that the function works with.
    double vcpus() {
        return Math.min(VCPUS_USED_MAX, memoryMb / MB_PER_VCPU);
    }

    /// GB as Lambda bills them.
    double gigabytes() {
        return memoryMb / 1024.0;
    }

    /// Requests that are under way when there are URLs enough for them.
    long requestsAtOnce(int hosts) {
        return Math.min(inFlight, (long) perHost * hosts);
    }
}
