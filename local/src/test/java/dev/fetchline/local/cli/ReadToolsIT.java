package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.target.Target;
import dev.fetchline.local.target.TargetChoice;
import dev.fetchline.local.target.Targets;
import dev.fetchline.local.target.UpFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `watch`, `results` and `hosts` in processes of their own, on the stack that `up` runs in another.
@Timeout(300)
class ReadToolsIT {
    @TempDir
    Path directory;

    @Test
    void a_batch_is_watched_and_its_records_are_printed() throws IOException, InterruptedException {
        try (DemoWeb web = DemoWeb.start();
                CliProcess up = CliProcess.start(
                        directory,
                        "",
                        "up",
                        "--json",
                        "--allow-network",
                        "127.0.0.0/8",
                        "--allow-port",
                        Integer.toString(web.port()))) {
            assertThat(up.out().readLine()).startsWith("{\"queueUrl\"");
            send(List.of(web.url("/fast"), "http://10.0.0.1/", "no url"));

            CliProcess.Result watched = run("watch", "hand");
            assertThat(watched.err()).isEmpty();
            assertThat(watched.exitCode()).isEqualTo(1);
            assertThat(watched.out())
                    .contains("records    3 (1 INVALID, 1 OK, 1 REFUSED)")
                    .contains("spent      $0 (nothing is billed here)");
            CliProcess.Result once = run("watch", "hand", "--once", "--json");
            assertThat(once.out())
                    .contains("\"state\":\"FINISHED\"", "\"done\":3")
                    .hasLineCount(1);

            CliProcess.Result results =
                    run("results", "hand", "--where", "status=OK and httpStatus<300", "--bodies", "bodies");
            assertThat(results.exitCode()).isZero();
            assertThat(results.out()).hasLineCount(1).contains("\"bodyFile\":\"127.0.0.1-", "\"status\":\"OK\"");
            try (Stream<Path> files = Files.list(directory.resolve("bodies"))) {
                assertThat(files)
                        .singleElement()
                        .satisfies(file -> assertThat(file).isNotEmptyFile());
            }
            CliProcess.Result hosts = run("hosts", "hand", "--format", "csv");
            assertThat(hosts.out().lines().skip(1).map(line -> line.replaceFirst(",.*", "")))
                    .containsExactlyInAnyOrder("127.0.0.1", "10.0.0.1", "(no URL)");
            CliProcess.Result unknown = run("results", "nope");
            assertThat(unknown.exitCode()).isEqualTo(2);
            assertThat(unknown.err()).startsWith("fetchline: no batch \"nope\" in the stack that up runs here");

            // No head says how many it should be, so even a batch that is done is looked at for some seconds more.
            send(List.of(web.url("/slow/1")));
            try (CliProcess watch = CliProcess.start(directory, "", "watch", "hand")) {
                assertThat(watch.out().readLine()).containsPattern("hand: [34] final");
                CliProcess.Ended ended = watch.signal("INT");
                assertThat(ended.exitCode()).isEqualTo(130);
                assertThat(ended.err())
                        .isEqualTo(
                                "fetchline: watching ended, and the batch goes on; fetchline watch hand looks again.\n");
            }
            assertThat(up.signal("TERM").exitCode()).isZero();
            assertThat(run("watch", "hand").err()).startsWith("fetchline: no stack runs from this checkout");
        }
    }

    private CliProcess.Result run(String... arguments) throws IOException, InterruptedException {
        try (CliProcess tool = CliProcess.start(directory, "", arguments)) {
            return tool.await();
        }
    }

    private static void send(List<String> urls) {
        Path root = Path.of("..").toAbsolutePath().normalize();
        Home home = new Home(root, "Linux", "x86_64");
        try (Target target = new Targets(home.template(), new UpFile(home.upFile())).open(TargetChoice.UP)) {
            target.sqs()
                    .sendMessage(request -> request.queueUrl(target.queueUrl())
                            .messageBody(
                                    "{\"batchId\":\"hand\",\"urls\":[\"%s\"]}".formatted(String.join("\",\"", urls))))
                    .join();
        }
    }
}
