package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The command line up to the point at which something is started.
class MainTest {
    @TempDir
    Path directory;

    private TestStreams streams = TestStreams.pipes();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "run",
                "up",
                "submit",
                "watch",
                "results",
                "hosts",
                "redrive",
                "status",
                "page",
                "invoke",
                "bench",
                "cost",
                "completion"
            })
    void every_command_helps(String command) {
        assertThat(execute(command, "--help")).isZero();
        assertThat(streams.out())
                .startsWith("Usage: fetchline " + command)
                .contains("Exit codes:", "Example", "  0 ", "  2 ");
        assertThat(streams.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "run", "up"})
    void commands_that_fetch_say_what_everyone_must_know(String command) {
        execute(command, "--help");
        assertThat(streams.out().replaceAll("\\s+", " "))
                .contains("Limits per host are per environment: a site sees limit x concurrency.")
                .contains("robots.txt is not read")
                .contains("One batchId is one partition");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "up"})
    void commands_for_any_server_say_that_one_may_make_a_url_wait(String command) {
        execute(command, "--help");
        assertThat(streams.out().replaceAll("\\s+", " "))
                .contains("RETRYING")
                .contains("FETCH_RETRY_WAIT_MAX_MS")
                .contains("FETCH_AGE_MAX_HOURS");
    }

    @Test
    void prove_simulation_helps() {
        assertThat(execute("prove", "simulation", "--help")).isZero();
        assertThat(streams.out())
                .startsWith("Usage: fetchline prove simulation")
                .contains("Exit codes:", "Example", "  0 ", "  1 ", "  2 ");
        assertThat(streams.err()).isEmpty();
    }

    @Test
    void version_names_product_and_java() {
        assertThat(execute("--version")).isZero();
        assertThat(streams.out()).matches("fetchline \\S.* \\(Java \\d.*\\)\\R");
        assertThat(streams.err()).isEmpty();
    }

    @Test
    void completion_knows_each_command_and_its_options() {
        assertThat(execute("completion")).isZero();
        assertThat(streams.out())
                .startsWith("#!/usr/bin/env bash\n")
                .contains("complete -F _complete_fetchline", "--urls-per-message", "simulation", "bashcompinit");
        assertThat(streams.err()).isEmpty();
    }

    @Test
    void help_lists_the_commands() {
        assertThat(execute("--help")).isZero();
        assertThat(streams.out())
                .contains("demo", "run", "up", "submit", "invoke", "prove", "bench", "cost", "Exit codes:");
    }

    @Test
    void without_a_command_the_help_is_shown_and_it_is_a_usage_error() {
        assertThat(execute()).isEqualTo(2);
        assertThat(streams.out()).isEmpty();
        assertSentence("Name a command: demo, run, up, submit, watch, results, hosts, redrive, status, page, invoke,"
                + " prove, bench, cost or completion (see fetchline --help).");
    }

    @Test
    void unknown_options_and_commands_are_named() {
        assertThat(execute("run", "--nope")).isEqualTo(2);
        assertSentence("Unknown option: '--nope' (see fetchline run --help).");
        streams = TestStreams.pipes();
        assertThat(execute("fetch")).isEqualTo(2);
        assertSentence("Unmatched argument at index 0: 'fetch' (see fetchline --help).");
    }

    @Test
    void a_number_that_is_none_is_named() {
        assertThat(execute("results", "b", "--limit", "x")).isEqualTo(2);
        assertSentence("Invalid value for option '--limit': 'x' is not a whole number (see fetchline results --help).");
        streams = TestStreams.pipes();
        assertThat(execute("bench", "--rounds", "99999999999")).isEqualTo(2);
        assertSentence(
                "Invalid value for option '--rounds': '99999999999' is out of range (see fetchline bench --help).");
    }

    @Test
    void what_was_perhaps_meant_is_named() {
        assertThat(execute("wacth", "nightly")).isEqualTo(2);
        assertSentence(
                "Unmatched arguments from index 0: 'wacth', 'nightly'; did you mean watch? (see fetchline --help).");
        streams = TestStreams.pipes();
        assertThat(execute("results", "b", "--colums", "url")).isEqualTo(2);
        assertSentence("Unknown options: '--colums', 'url'; did you mean --columns? (see fetchline results --help).");
    }

    @Test
    void run_without_input_on_a_terminal() {
        streams = TestStreams.terminals(80);
        assertThat(execute("run")).isEqualTo(2);
        assertSentence("name a file of URLs, or pipe them in (see fetchline run --help).");
    }

    @Test
    void run_of_nothing_is_done_at_once() {
        assertThat(execute("run")).isZero();
        assertSentence("the input holds no URLs: nothing was fetched.");
        assertThat(streams.out()).isEmpty();
    }

    @Test
    void run_of_nothing_makes_an_empty_file() {
        Path out = directory.resolve("out.jsonl");
        assertThat(execute("run", "--out", out.toString(), "-")).isZero();
        assertThat(out).isEmptyFile();
    }

    @Test
    void out_must_be_writable_and_no_input() throws IOException {
        String urls =
                Files.writeString(directory.resolve("urls.txt"), "http://a/").toString();
        assertThat(execute("run", "--out", urls, urls)).isEqualTo(2);
        assertSentence("--out " + urls + " is one of the inputs: it would be overwritten.");
        assertThat(Path.of(urls)).hasContent("http://a/");
        streams = TestStreams.pipes();
        assertThat(execute("run", "--out", directory.toString(), urls)).isEqualTo(2);
        assertSentence("cannot write --out " + directory + ": it is a directory.");
        streams = TestStreams.pipes();
        assertThat(execute("run", "--out", directory.resolve("no/such").toString(), urls))
                .isEqualTo(2);
        assertSentence("cannot write --out " + directory + "/no/such: no such file or directory.");
    }

    @Test
    void a_wrong_option_does_not_empty_the_output_of_an_earlier_run() throws IOException {
        Path out = Files.writeString(directory.resolve("out.jsonl"), "{}");
        assertThat(execute("run", "--out", out.toString(), "--set", "FETCH_ATTEMPTS_MAX=x"))
                .isEqualTo(2);
        assertThat(out).hasContent("{}");
    }

    @Test
    void arguments_cannot_steer_the_terminal() {
        assertThat(execute("\u001b[31m")).isEqualTo(2);
        assertSentence("Unmatched argument at index 0: '\\u001b[31m' (see fetchline --help).");
        streams = TestStreams.pipes();
        assertThat(execute("run", "--extra-ca", directory + "/\u001b[31m", "-")).isEqualTo(2);
        assertThat(streams.err()).contains("/\\u001b[31m: ").hasLineCount(1);
    }

    @Test
    void an_empty_name_is_no_file() {
        assertThat(execute("run", "")).isEqualTo(2);
        assertSentence("a name of a file is empty: expected a file of URLs, or - for standard input.");
    }

    @Test
    void urls_per_message_has_its_range() {
        assertThat(execute("run", "--urls-per-message", "0")).isEqualTo(2);
        assertSentence("--urls-per-message 0: expected a number from 1 to 10000.");
    }

    @Test
    void invoke_needs_an_event_that_is_json() throws IOException {
        streams = TestStreams.terminals(80);
        assertThat(execute("invoke")).isEqualTo(2);
        assertSentence("give an event with --event FILE, or pipe one in (see fetchline invoke --help).");
        assertEventFault("", "%s is empty: expected an event as JSON.");
        assertEventFault("{\"Records\": [}", "%s is not JSON: ");
        assertEventFault("{} {}", "%s is not one JSON value: something follows it in line 1.");
        assertEventFault("{\"a\":1", "%s is not JSON: ");
    }

    @Test
    void bench_takes_names_that_it_knows() {
        assertThat(execute("bench", "--work", "plain,fast")).isEqualTo(2);
        assertSentence("--work fast: expected names of plain, tls, big, wait, stragglers, cold, memory, hosts, with"
                + " commas between.");
        streams = TestStreams.pipes();
        assertThat(execute("bench", "--programs", "curl")).isEqualTo(2);
        assertSentence(
                "--programs curl: expected names of fetchline, fetchline-bodies, aiohttp, go, bare, fetchline-flat,"
                        + " fetchline-aot, with commas between.");
        streams = TestStreams.pipes();
        assertThat(execute("bench", "--rounds", "0")).isEqualTo(2);
        assertSentence("--rounds 0: expected a number from 1 to 99.");
        streams = TestStreams.pipes();
        assertThat(execute("bench", "--save", "--quick")).isEqualTo(2);
        assertSentence("--save with --quick: the figures of a quick run mean nothing.");
    }

    @Test
    void without_the_packaged_function_there_is_a_sentence() {
        assertThat(execute("up")).isEqualTo(2);
        assertSentence("the packaged function is missing at " + directory
                + "/functions/fetch/target/lambda/x86_64: build it with mvn -DskipTests package.");
    }

    private void assertEventFault(String event, String sentence) throws IOException {
        streams = TestStreams.pipes();
        String file = Files.writeString(directory.resolve("event.json"), event).toString();
        assertThat(execute("invoke", "--event", file)).isEqualTo(2);
        assertThat(streams.err())
                .startsWith("fetchline: " + sentence.formatted(file))
                .hasLineCount(1);
        assertThat(streams.out()).isEmpty();
    }

    private int execute(String... arguments) {
        return Main.commandLine(streams.streams(), new Home(directory, "Linux", "amd64"))
                .execute(arguments);
    }

    private void assertSentence(String sentence) {
        assertThat(streams.err()).isEqualTo("fetchline: " + sentence + "\n");
    }
}
