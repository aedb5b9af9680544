package dev.fetchline.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class AddressLookupTest {
    @Test
    void look_ups_that_nobody_waits_for_any_more_keep_no_place() throws Exception {
        CountDownLatch hanging = new CountDownLatch(AddressLookup.AT_ONCE);
        CountDownLatch answer = new CountDownLatch(1);
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            AddressLookup lookup = new AddressLookup(executor, host -> {
                asked.add(host);
                hanging.countDown();
                awaitQuietly(answer);
                return new InetAddress[] {InetAddress.ofLiteral("192.0.2.1")};
            });
            for (int i = 0; i < AddressLookup.AT_ONCE; i++) {
                var _ = lookup.of("hangs");
            }
            hanging.await();
            CompletableFuture<List<InetAddress>> given = lookup.of("given-up");
            CompletableFuture<List<InetAddress>> waited = lookup.of("waited-for");
            given.cancel(false);
            answer.countDown();
            assertThat(waited.get()).hasSize(1);
        }
        assertThat(asked).contains("waited-for").doesNotContain("given-up").hasSize(AddressLookup.AT_ONCE + 1);
    }

    /// What is given up within a millisecond comes by the ten thousand while the resolver hangs.
    @Test
    void look_ups_without_a_place_hold_no_thread() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger threads = new AtomicInteger();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            AddressLookup lookup = new AddressLookup(
                    task -> {
                        threads.incrementAndGet();
                        executor.execute(task);
                    },
                    host -> {
                        awaitQuietly(answer);
                        return new InetAddress[] {InetAddress.ofLiteral("192.0.2.1")};
                    });
            List<CompletableFuture<List<InetAddress>>> all = new ArrayList<>();
            for (int i = 0; i < 10 * AddressLookup.AT_ONCE; i++) {
                all.add(lookup.of("hangs"));
            }
            int held = threads.get();
            for (int i = AddressLookup.AT_ONCE; i < all.size() - 1; i++) {
                all.get(i).cancel(false);
            }
            answer.countDown();
            assertThat(held).isEqualTo(AddressLookup.AT_ONCE);
            assertThat(all.getFirst().get()).hasSize(1);
            assertThat(all.getLast().get()).hasSize(1);
            assertThat(lookup.of("after").get()).hasSize(1);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
