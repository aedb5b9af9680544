package dev.fetchline.local.cli;

import dev.fetchline.local.batch.BatchRecords;
import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.TableReader;
import dev.fetchline.local.batch.Where;
import dev.fetchline.local.results.BodyFiles;
import dev.fetchline.local.results.Columns;
import dev.fetchline.local.results.RecordLines;
import dev.fetchline.local.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fetchline results`: the records of a batch, or those that are meant, as table, JSON Lines, CSV and files.
@Command(
        name = "results",
        description = {
            "Print the records of a batch: a table on a terminal, JSON Lines elsewhere. Parts of a large batch are read as"
                    + " one. They are printed while they are read, by part and URL; URLs that are not final yet are there as"
                    + " RETRYING, or not at all.",
            "",
            BatchOption.WHERE_1,
            BatchOption.WHERE_2,
            ""
        },
        sortOptions = false,
        footer = {
            "",
            "Exit codes:",
            "  0    printed, whatever the records say; also when no record is meant",
            "  2    wrong usage, no such batch, or something could not be read or written: stderr says what",
            "  130  interrupted (143 when terminated)",
            "",
            "Examples:",
            "  fetchline results nightly",
            "  fetchline results nightly --where 'status=FAILED and host=example.com and httpStatus>=500'",
            "  fetchline results nightly --format csv --columns url,status,error.kind --out failed.csv",
            "  fetchline results nightly --where 'contentType~html' --bodies pages --out pages.jsonl",
            "  fetchline results nightly --stack fetchline --region eu-central-1 --limit 100"
        })
final class ResultsCommand implements Callable<Integer> {
    private static final List<String> OF_TABLE = List.of(
            "url",
            "fullUrl",
            "submitted",
            "status",
            "httpStatus",
            "durationMs",
            "bodyBytes",
            "attempts",
            "error",
            "truncated");

    @Mixin
    BatchOption batch = new BatchOption();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "table, jsonl (whole records) or csv; default: table on a terminal, csv for an --out that ends in"
                            + " .csv, jsonl elsewhere.")
    @Nullable
    OutputFormat format;

    @Option(
            names = "--columns",
            paramLabel = "A,B,C",
            description = "What to print of each record, by the names of --where and bodyFile.")
    @Nullable
    String columns;

    @Option(
            names = "--bodies",
            paramLabel = "DIR",
            description = "Write the stored bodies into this directory, unzipped, a file each; the records name it as"
                    + " bodyFile. No file is overwritten.")
    @Nullable
    Path bodies;

    @Option(names = "--out", paramLabel = "FILE", description = "Write to this file and not to stdout.")
    @Nullable
    Path out;

    @Option(names = "--limit", paramLabel = "N", description = "Stop after so many records.")
    @Nullable
    Long limit;

    @Mixin
    TargetOption target = new TargetOption();

    private final StandardStreams streams;
    private final Home home;

    ResultsCommand(StandardStreams streams, Home home) {
        this.streams = streams;
        this.home = home;
    }

    @Override
    public Integer call() {
        Where where = batch.where();
        if (limit != null && limit < 1) {
            throw CliException.usage("--limit %d: expected a number from 1.".formatted(limit));
        }
        OutputFormat chosen = OutputFormat.of(format, out, streams);
        Columns named = columns();
        RecordLines lines = lines(chosen, named);
        try (Target opened = target.open(home)) {
            BatchRecords records = batch.records(opened, new TableReader(opened.dynamoDb()));
            BodyFiles files = files();
            try (TextOutput output = TextOutput.open(streams, out)) {
                print(records, where, attributes(chosen, named), lines, files, output);
            }
        }
        return ExitCode.OK;
    }

    private void print(
            BatchRecords records,
            Where where,
            Set<String> attributes,
            RecordLines lines,
            @Nullable BodyFiles files,
            TextOutput output) {
        output.write(lines.heading());
        long[] printed = new long[1];
        records.eachWhile(where, attributes, fetched -> {
            output.write(lines.of(files == null ? fetched : saved(files, fetched)));
            printed[0]++;
            return limit == null || printed[0] < limit;
        });
        if (streams.errIsTerminal() || out != null) {
            streams.say("%,d %s%s."
                    .formatted(
                            printed[0],
                            printed[0] == 1 ? "record" : "records",
                            out == null ? "" : " written to " + out));
        }
    }

    private static FetchRecord saved(BodyFiles files, FetchRecord fetched) {
        try {
            return files.save(fetched);
        } catch (IOException e) {
            throw CliException.usage("cannot write the body of %s into --bodies %s: %s."
                    .formatted(PrintableText.of(fetched.shownUrl()), files.directory(), FileFault.of(e)));
        }
    }

    private @Nullable Columns columns() {
        try {
            return columns == null ? null : Columns.parse(columns);
        } catch (IllegalArgumentException e) {
            throw CliException.usage("--columns: " + e.getMessage());
        }
    }

    private @Nullable BodyFiles files() {
        try {
            return bodies == null ? null : BodyFiles.in(bodies);
        } catch (IOException e) {
            throw CliException.usage("cannot make --bodies %s: %s.".formatted(bodies, FileFault.of(e)));
        }
    }

    private RecordLines lines(OutputFormat chosen, @Nullable Columns named) {
        int width = out == null ? streams.outColumns() : Integer.MAX_VALUE;
        return switch (chosen) {
            case TABLE -> named == null ? new ColumnTable.Usual(new RecordTable(width)) : new ColumnTable(named, width);
            case JSONL -> new JsonLines(named);
            case CSV ->
                new CsvLines(
                        named == null ? Columns.usual(bodies != null) : named, out == null && streams.outIsTerminal());
        };
    }

    /// What has to come from the table; empty for all.
    private Set<String> attributes(OutputFormat chosen, @Nullable Columns named) {
        if (named == null && chosen == OutputFormat.JSONL) {
            return Set.of();
        }
        Set<String> needed = new LinkedHashSet<>();
        if (named != null) {
            needed.addAll(named.attributes());
        } else {
            needed.addAll(
                    chosen == OutputFormat.TABLE
                            ? OF_TABLE
                            : Columns.usual(false).attributes());
        }
        if (bodies != null) {
            needed.addAll(BodyFiles.ATTRIBUTES);
        }
        return needed;
    }
}
