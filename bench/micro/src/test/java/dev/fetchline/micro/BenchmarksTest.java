package dev.fetchline.micro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.Refusal;
import dev.fetchline.guard.UrlReading;
import dev.fetchline.intake.FetchBatch;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.Intake;
import dev.fetchline.record.BodyTextBenchmark;
import dev.fetchline.record.RecordStatus;
import dev.fetchline.record.ResultRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Each benchmark does what it says: what it measures would mean nothing otherwise. No time is asserted.
final class BenchmarksTest {
    private static final List<Class<?>> BENCHMARKS = List.of(
            MessageBenchmark.class,
            UrlBenchmark.class,
            GuardBenchmark.class,
            DigestBenchmark.class,
            RecordBenchmark.class,
            BodyTextBenchmark.class);

    @Test
    void messages_are_read_to_their_items() {
        MessageBenchmark benchmark = new MessageBenchmark();
        for (Intake intake : List.of(benchmark.lines(), benchmark.batch(), benchmark.objects())) {
            assertThat(((FetchBatch) intake).items())
                    .hasSize(MessageBenchmark.URLS)
                    .allMatch(FetchItem.class::isInstance);
        }
        assertThat(((FetchBatch) benchmark.objects()).items())
                .allMatch(item -> item instanceof FetchItem it && it.timeoutMs() != null && it.timeoutMs() == 5_000);
    }

    @Test
    void urls_get_their_canonical_form() {
        UrlBenchmark benchmark = new UrlBenchmark();
        assertThat(List.of(
                                benchmark.plain(),
                                benchmark.query(),
                                benchmark.international(),
                                benchmark.literal(),
                                benchmark.redirect())
                        .stream()
                        .map(BenchmarksTest::textOf))
                .containsExactly(
                        "https://www.example.com/articles/2026/01/some-title-of-it",
                        "https://shop.example.com/search?q=caf%C3%A9%20au%20lait&page=2&sort=price",
                        "https://xn--bcher-kva.example/stra%C3%9Fe/%C3%BCber-uns",
                        "http://93.184.215.14:8080/status",
                        "https://www.example.com/en/articles/2026/01/some-title-of-it?from=old");
    }

    private static String textOf(UrlReading reading) {
        return ((FetchUrl) reading).text();
    }

    @Test
    void the_guard_opens_what_is_public_and_closes_what_is_not() {
        GuardBenchmark benchmark = new GuardBenchmark();
        assertThat(Stream.of(benchmark.beforeLookup(), benchmark.twoAddresses(), benchmark.ipv6()))
                .allMatch(Optional::isEmpty);
        assertThat(benchmark.refused()).map(Refusal::rule).contains(Refusal.Rule.ADDRESS);
    }

    @Test
    void hashes_are_those_of_another_make() {
        // Python: hashlib.sha256(bytes(i & 255 for i in range(1024))).hexdigest(), and for 102,400 bytes.
        DigestBenchmark benchmark = new DigestBenchmark();
        assertThat(benchmark.sha256Of1Kb())
                .isEqualTo("785b0751fc2c53dc14a4ce3d800e69ef9ce1009eb327ccf458afe09c242c26c9");
        assertThat(benchmark.sha256Of100Kb())
                .isEqualTo("27783e87963a4efb6829b531c9ba57b44f45797f6770bd637fbf0d807cbdbae0");
    }

    @Test
    void outcomes_become_records() {
        RecordBenchmark benchmark = new RecordBenchmark();
        assertThat(Stream.of(
                        benchmark.smallWithoutBody(),
                        benchmark.smallWithBody(),
                        benchmark.pageWithoutBody(),
                        benchmark.pageWithBody()))
                .allSatisfy(answered -> {
                    assertThat(answered.status()).isEqualTo(RecordStatus.OK);
                    assertThat(answered.item().get("headers").m()).hasSize(18);
                    assertThat(answered.item().get("charset").s()).isEqualTo("utf-8");
                });
        assertThat(benchmark.smallWithoutBody().item()).doesNotContainKey("body");
        assertThat(benchmark.pageWithoutBody().item()).doesNotContainKey("body");
        assertThat(benchmark.smallWithBody().item().get("body").s()).startsWith("{\"items\":[");
        assertThat(storedEncoding(benchmark.pageWithBody())).isEqualTo("gzip");
        assertThat(benchmark.failure().status()).isEqualTo(RecordStatus.FAILED);
    }

    private static String storedEncoding(ResultRecord stored) {
        return stored.item().get("bodyEncoding").s();
    }

    @Test
    void bodies_are_read_in_their_charsets() {
        BodyTextBenchmark benchmark = new BodyTextBenchmark();
        assertThat(List.of(benchmark.charsetOfSmall(), benchmark.charsetOfPage(), benchmark.charsetOfUnnamedPage()))
                .containsOnly("utf-8");
        assertThat(benchmark.textOfAsciiPage()).contains("Hello").endsWith("</html>\n");
        assertThat(benchmark.textOfUtf8Page()).contains("Gr\u00fc\u00dfe").endsWith("</html>\n");
        assertThat(benchmark.textOfWesternPage()).contains("Gr\u00fc\u00dfe").endsWith("</html>\n");
        assertThat(benchmark.textOfJapanesePage())
                .contains("\u65e5\u672c\u8a9e")
                .endsWith("</html>\n");
    }

    @Test
    void jmh_finds_every_benchmark() {
        Set<String> declared = new TreeSet<>();
        for (Class<?> benchmark : BENCHMARKS) {
            Stream.of(benchmark.getMethods())
                    .filter(method -> method.isAnnotationPresent(Benchmark.class))
                    .forEach(method -> declared.add(benchmark.getName() + "." + method.getName()));
        }
        assertThat(BenchmarkList.defaultList()
                        .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of()))
                .extracting(BenchmarkListEntry::getUsername)
                .containsExactlyInAnyOrderElementsOf(declared);
    }
}
