package dev.fetchline.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What Linux's files say.
class ProcessReadingTest {
    @Test
    void ticks_are_those_of_the_process_and_of_children_it_waited_for() {
        assertThat(ProcessReading.ticks("42 (a) b (c) S 1 42 42 0 -1 4194560 2000 0 3 0 111 22 3 4 20 0 17 0 900\n"))
                .isEqualTo(140);
    }

    @Test
    void kilobytes_are_found_by_name() {
        assertThat(ProcessReading.kilobytes(List.of("VmPeak:\t  9 kB", "VmHWM:\t  1234 kB"), "VmHWM:"))
                .isEqualTo(1234);
    }

    @Test
    void this_process_has_used_time_and_memory() {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
        ProcessReading own = ProcessReading.of(ProcessHandle.current().pid());
        assertThat(own.cpuMicros()).isPositive();
        assertThat(own.residentKb()).isPositive().isLessThanOrEqualTo(own.residentMaxKb());
    }
}
