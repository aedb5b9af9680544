package dev.fetchline.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The results as they are kept in the repository: `bench/results.json` for programs, the tables of
/// `docs/performance.md` and its picture for people. A work that was not run this time keeps what it had, with the
/// date,
/// the machine and the versions of then; one that was run is replaced whole, since ratios are of one run.
public final class SavedResults {
    private static final String BEGIN = "<!-- bench: begin; what is between is written by ./fetchline bench --save -->";
    private static final String END = "<!-- bench: end -->";

    private final Path root;

    private SavedResults(Path root) {
        this.root = root;
    }

    /// The results of a checkout. What stands in the way of saving is known here already, before an hour of measuring.
    ///
    /// @param root of the checkout
    /// @throws IOException also where the page lacks its markers, or the file is not what it should be
    public static SavedResults open(Path root) throws IOException {
        SavedResults saved = new SavedResults(root);
        var _ = saved.before();
        var _ = page(Files.readString(saved.page()), List.of());
        return saved;
    }

    /// Writes all three, with results of this machine, today; of the page only what is between its two markers.
    public void write(Results results) throws IOException {
        write(results, LocalDate.now(ZoneOffset.UTC), Machine.description());
    }

    void write(Results results, LocalDate date, String machine) throws IOException {
        List<SavedWork> works = with(results, date, machine);
        String text = page(Files.readString(page()), works);
        Files.writeString(root.resolve("bench/results.json"), SavedFile.json(works));
        Files.writeString(page(), text);
        Files.writeString(
                root.resolve("docs/performance.svg"),
                new Picture(works.stream().map(SavedWork::result).toList()).svg());
    }

    private List<SavedWork> before() throws IOException {
        return SavedFile.read(root.resolve("bench/results.json"));
    }

    private Path page() {
        return root.resolve("docs/performance.md");
    }

    private List<SavedWork> with(Results results, LocalDate date, String machine) throws IOException {
        List<SavedWork> now = results.byWork().stream()
                .map(result -> new SavedWork(date.toString(), machine, result))
                .toList();
        return Stream.concat(
                        now.stream(),
                        before().stream()
                                .filter(old -> now.stream()
                                        .noneMatch(its -> its.result()
                                                .work()
                                                .equals(old.result().work()))))
                .sorted(Comparator.comparingInt(
                        work -> Works.NAMES.indexOf(work.result().work())))
                .toList();
    }

    /// The page with new tables in place of its old ones.
    private static String page(String old, List<SavedWork> works) throws IOException {
        int begin = old.indexOf(BEGIN);
        int end = old.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException("docs/performance.md has not the two lines %s and %s".formatted(BEGIN, END));
        }
        List<String> lines = new ArrayList<>(List.of(BEGIN, ""));
        lines.addAll(List.of("![CPU time a URL by work and program](performance.svg)", ""));
        lines.addAll(BenchReport.markdown(works));
        lines.add("");
        return old.substring(0, begin) + String.join("\n", lines) + "\n" + old.substring(end);
    }
}
