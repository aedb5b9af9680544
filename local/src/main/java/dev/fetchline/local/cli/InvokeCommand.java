package dev.fetchline.local.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.fetchline.local.stack.Invocation;
import dev.fetchline.local.stack.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fetchline invoke`: one event, one invocation, what the function answered.
@Command(
        name = "invoke",
        description = {
            "Invoke the packaged function once with an event, as sam local invoke does, but without Docker. Prints the"
                    + " function's response on stdout and its log on stderr.",
            "",
            "Queue and table are there for the function, empty at start and gone at the end.",
            ""
        },
        sortOptions = false,
        footer = {
            "",
            "Exit codes:",
            "  0    the function answered, whatever it answered",
            "  1    the function failed; stdout has its error as JSON",
            "  2    wrong usage: no event, or one that is not JSON",
            "  130  interrupted (143 when terminated)",
            "",
            "Examples:",
            "  fetchline invoke --event events/single-url.json",
            "  fetchline invoke --allow-network 127.0.0.0/8 --event - < event.json"
        })
final class InvokeCommand implements Callable<Integer>, StackSession.Interruption {
    @Option(
            names = {"-e", "--event"},
            paramLabel = "FILE",
            description = "The event as JSON; - is standard input (default: standard input, if something is piped in).")
    @Nullable
    String event;

    @Mixin
    FetchOptions options = new FetchOptions();

    private final StandardStreams streams;
    private final Home home;

    InvokeCommand(StandardStreams streams, Home home) {
        this.streams = streams;
        this.home = home;
    }

    @Override
    public Integer call() {
        String eventJson = eventJson();
        Invocation invocation;
        Path log;
        try (StackSession session = StackSession.open(options.settings(home, "invoke", Map.of()), streams, this)) {
            LocalStack stack = session.stack();
            log = stack.functionLog();
            invocation = stack.invoke(eventJson);
        }
        // After the stack has closed, when the function's process has written its last line.
        showLog(log);
        streams.out().print(invocation.payload() + "\n");
        streams.flushOut();
        return invocation.succeeded() ? ExitCode.OK : ExitCode.NOT_ALL_OK;
    }

    private String eventJson() {
        String input = event;
        if (input == null) {
            if (streams.inIsTerminal()) {
                throw CliException.usage(
                        "give an event with --event FILE, or pipe one in (see fetchline invoke --help).");
            }
            input = "-";
        }
        InputReader.Input read = InputReader.read(streams.in(), input);
        requireJson(read.name(), read.text());
        return read.text();
    }

    static void requireJson(String name, String text) {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            if (parser.nextToken() == null) {
                throw CliException.usage("%s is empty: expected an event as JSON.".formatted(name));
            }
            parser.skipChildren();
            JsonToken more = parser.nextToken();
            if (more != null) {
                throw CliException.usage("%s is not one JSON value: something follows it in line %d."
                        .formatted(name, parser.currentLocation().getLineNr()));
            }
        } catch (JsonProcessingException e) {
            throw CliException.usage("%s is not JSON: %s (line %d, column %d)."
                    .formatted(
                            name,
                            PrintableText.of(e.getOriginalMessage()),
                            e.getLocation().getLineNr(),
                            e.getLocation().getColumnNr()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void showLog(Path log) {
        try {
            if (Files.exists(log)) {
                streams.err().print(Files.readString(log));
                streams.err().flush();
            }
        } catch (IOException e) {
            streams.say("cannot show the function's log %s: %s.".formatted(log, FileFault.of(e)));
        }
    }

    @Override
    public void beforeClose() {
        streams.say("interrupted: the function had not answered.");
    }
}
