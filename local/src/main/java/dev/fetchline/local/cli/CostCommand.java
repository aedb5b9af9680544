package dev.fetchline.local.cli;

import dev.fetchline.local.cost.CostException;
import dev.fetchline.local.cost.CostPage;
import dev.fetchline.local.cost.CostReport;
import dev.fetchline.local.cost.Measured;
import dev.fetchline.local.cost.Prices;
import dev.fetchline.local.cost.RecordSize;
import dev.fetchline.local.stack.TemplateDefaults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `fetchline cost`: dollars for a month's URLs, from measured CPU and list prices.
@Command(
        name = "cost",
        description = {
            "Reckon what a month's URLs cost on AWS, for three designs: Fetchline's batches, one URL an invocation, and a"
                    + " small worker that is always on. Then which memory, batch, window and concurrency to set.",
            "",
            "CPU times are those of bench/results.json (./fetchline bench --save), prices those of docs/prices.json,"
                    + " settings those of template.yaml. docs/cost.md has the formulas.",
            ""
        },
        sortOptions = false,
        footer = {
            "",
            "Exit codes:",
            "  0    reckoned",
            "  2    wrong usage, or a file that is needed is missing or not what it should be",
            "",
            "Examples:",
            "  fetchline cost",
            "  fetchline cost --work tls --urls 50000000 --latency-ms 800",
            "  fetchline cost --cpu-micros 150 --record-kb 9.6"
        })
final class CostCommand implements Callable<Integer> {
    /// What `--save` may be given with.
    private static final Set<String> ALONE = Set.of("--save", "--verbose");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    CommandSpec spec;

    @Mixin
    CostOptions options = new CostOptions();

    @Option(names = "--save", description = "Write the reports of all works into docs/cost.md; takes no other option.")
    boolean save;

    private final StandardStreams streams;
    private final Home home;

    CostCommand(StandardStreams streams, Home home) {
        this.streams = streams;
        this.home = home;
    }

    @Override
    public Integer call() {
        try {
            return save ? save() : print();
        } catch (CostException e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }

    private int print() {
        Prices prices = Prices.read(home.prices());
        List<String> lines =
                new ArrayList<>(reportOf(home, prices, options.work(), options).lines());
        lines.add("");
        lines.addAll(RecordSize.lines(prices));
        lines.forEach(streams.out()::println);
        streams.flushOut();
        return ExitCode.OK;
    }

    private int save() {
        if (spec.commandLine().getParseResult().matchedOptions().stream()
                .anyMatch(option -> !ALONE.contains(option.longestName()))) {
            throw new ParameterException(spec.commandLine(), "--save writes what the defaults give: give it alone");
        }
        CostPage.save(home.costPage(), page(home));
        streams.say("wrote " + home.root().relativize(home.costPage()));
        return ExitCode.OK;
    }

    /// What `--save` writes into the page of a checkout.
    static String page(Home home) {
        Prices prices = Prices.read(home.prices());
        Map<String, List<String>> reports = new LinkedHashMap<>();
        for (CostWork work : CostWork.values()) {
            reports.put(
                    "`" + work.label() + "`",
                    reportOf(home, prices, work, new CostOptions()).lines());
        }
        reports.put("Records", RecordSize.lines(prices));
        return CostPage.generated(reports);
    }

    private static CostReport reportOf(Home home, Prices prices, CostWork work, CostOptions given) {
        TemplateDefaults template = TemplateDefaults.read(home.template());
        Path results = home.benchResults();
        Optional<Measured> measured = Measured.read(results, work.label());
        if (measured.isEmpty() && !given.hasCpu()) {
            throw CliException.usage(
                    "%s has no figures of the work %s: run ./fetchline bench --save, or give --cpu-micros"
                            .formatted(home.root().relativize(results), work.label()));
        }
        return given.report(prices, work, template, measured);
    }
}
