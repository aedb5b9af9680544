package dev.fetchline.micro;

import dev.fetchline.intake.Sha256;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// SHA-256 of a body.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DigestBenchmark {
    private final byte[] bytes = bytes();

    private static byte[] bytes() {
        byte[] bytes = new byte[100 * 1_024];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    /// Of 1 KB.
    @Benchmark
    public String sha256Of1Kb() {
        return Sha256.hex(bytes, 1_024);
    }

    /// Of 100 KB.
    @Benchmark
    public String sha256Of100Kb() {
        return Sha256.hex(bytes, bytes.length);
    }
}
