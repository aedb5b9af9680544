package dev.fetchline.local.cli;

import dev.fetchline.local.batch.BatchRecords;
import dev.fetchline.local.batch.TableReader;
import dev.fetchline.local.batch.Where;
import dev.fetchline.local.results.HostTable;
import dev.fetchline.local.results.HostTable.Order;
import dev.fetchline.local.target.Target;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `fetchline hosts`: what each host of a batch did.
@Command(
        name = "hosts",
        description = {
            "Print what each host of a batch did: URLs, the share that is OK, median and 95th percentile of the last"
                    + " attempt's time, 429s, attempts beyond the first, decoded bytes and refused URLs.",
            "",
            "Reads all records of the batch, without bodies. Hosts beyond the first 20,000 are added up in one row.",
            "",
            BatchOption.WHERE_1,
            BatchOption.WHERE_2,
            ""
        },
        sortOptions = false,
        footer = {
            "",
            "Exit codes:",
            "  0    printed, whatever the records say",
            "  2    wrong usage, no such batch, or something could not be read or written: stderr says what",
            "  130  interrupted (143 when terminated)",
            "",
            "Examples:",
            "  fetchline hosts nightly",
            "  fetchline hosts nightly --sort ok",
            "  fetchline hosts nightly --where 'httpStatus=429' --sort retries --format csv"
        })
final class HostsCommand implements Callable<Integer> {
    @Mixin
    BatchOption batch = new BatchOption();

    @Option(
            names = "--sort",
            paramLabel = "BY",
            defaultValue = "urls",
            converter = OrderConverter.class,
            description = "urls, ok (the smallest share first), p95, retries, 429, bytes or refused; default:"
                    + " ${DEFAULT-VALUE}.")
    Order order = Order.URLS;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table, jsonl or csv; default: table on a terminal, jsonl elsewhere.")
    @Nullable
    OutputFormat format;

    @Mixin
    TargetOption target = new TargetOption();

    private final StandardStreams streams;
    private final Home home;

    HostsCommand(StandardStreams streams, Home home) {
        this.streams = streams;
        this.home = home;
    }

    @Override
    public Integer call() {
        Where where = batch.where();
        HostTable hosts = new HostTable(HostTable.HOSTS_MAX);
        try (Target opened = target.open(home)) {
            BatchRecords records = batch.records(opened, new TableReader(opened.dynamoDb()));
            records.each(where, HostTable.ATTRIBUTES, hosts::add);
        }
        HostLines lines = HostLines.of(hosts, order);
        try (TextOutput output = TextOutput.open(streams, null)) {
            switch (OutputFormat.of(format, null, streams)) {
                case TABLE ->
                    lines.table(order, Bars.of(System.getenv()), streams.outColumns(), streams.outIsTerminal())
                            .forEach(line -> output.write(line + "\n"));
                case JSONL -> lines.json().forEach(output::write);
                case CSV -> lines.csv().forEach(output::write);
            }
        }
        return ExitCode.OK;
    }

    static final class OrderConverter implements ITypeConverter<Order> {
        @Override
        public Order convert(String text) {
            return Arrays.stream(Order.values())
                    .filter(order -> order.label().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + PrintableText.of(text) + "' is no order: name "
                            + Arrays.stream(Order.values()).map(Order::label).collect(Collectors.joining(", "))));
        }
    }
}
