package dev.fetchline.record;

import dev.fetchline.http.Bodies;
import dev.fetchline.http.FetchedBody;
import dev.fetchline.micro.Samples;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What charset a body has, and its text. In the package of what it measures, which nobody else may call.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BodyTextBenchmark {
    private static final int PAGE = 30_000;

    private final FetchedBody small = Bodies.of(Samples.json(900), StandardCharsets.UTF_8);
    private final FetchedBody ascii = Bodies.of(Samples.html(PAGE, "utf-8", "Hello"), StandardCharsets.UTF_8);
    private final FetchedBody utf8 = Bodies.of(Samples.html(PAGE, "utf-8", "Gr\u00fc\u00dfe"), StandardCharsets.UTF_8);
    private final FetchedBody unnamed = Bodies.of(Samples.html(PAGE, "", "Gr\u00fc\u00dfe"), StandardCharsets.UTF_8);
    private final FetchedBody western = page("windows-1252", "windows-1252", "Gr\u00fc\u00dfe");
    private final FetchedBody japanese = page("shift_jis", "windows-31j", "\u65e5\u672c\u8a9e");

    private static FetchedBody page(String label, String charset, String letters) {
        return Bodies.of(Samples.html(PAGE, label, letters), Charset.forName(charset));
    }

    /// The charset alone, of 0.9 KB of JSON: what each record needs, also where no body is stored.
    @Benchmark
    public String charsetOfSmall() {
        return of(small, "application/json").charset();
    }

    /// The charset alone, of a page of 30 KB that names it.
    @Benchmark
    public String charsetOfPage() {
        return of(utf8, "text/html").charset();
    }

    /// The charset alone, of a page of 30 KB that does not: every byte is looked at.
    @Benchmark
    public String charsetOfUnnamedPage() {
        return of(unnamed, "text/html").charset();
    }

    /// A page of 30 KB, all of it ASCII.
    @Benchmark
    public String textOfAsciiPage() {
        return of(ascii, "text/html").text();
    }

    /// A page of 30 KB with some letters that are not ASCII.
    @Benchmark
    public String textOfUtf8Page() {
        return of(utf8, "text/html").text();
    }

    /// The same in windows-1252.
    @Benchmark
    public String textOfWesternPage() {
        return of(western, "text/html").text();
    }

    /// The same in Shift_JIS.
    @Benchmark
    public String textOfJapanesePage() {
        return of(japanese, "text/html").text();
    }

    private static BodyText of(FetchedBody body, String type) {
        return BodyText.of(body, Optional.of(type)).orElseThrow();
    }
}
