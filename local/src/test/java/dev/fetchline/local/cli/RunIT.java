package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fetchline.testing.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `run` with the packaged function and real sockets.
@Timeout(300)
class RunIT {
    @TempDir
    Path directory;

    private DemoWeb web;

    @BeforeEach
    void start() {
        web = DemoWeb.start();
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void records_come_out_in_the_order_of_the_input() throws IOException, InterruptedException {
        Files.writeString(
                directory.resolve("urls.txt"),
                String.join(
                        "\r\n", web.url("/missing"), "# twice", web.url("/fast"), web.url("/fast"), "nonsense", ""));
        CliProcess.Result run = CliProcess.start(
                        directory,
                        web.url("/moved") + "\n",
                        "run",
                        "--allow-network",
                        "127.0.0.0/8",
                        "--allow-port",
                        Integer.toString(web.port()),
                        "--concurrency",
                        "1",
                        "urls.txt",
                        "-")
                .await();
        assertThat(run.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"status\":\"HTTP_ERROR\",\"httpStatus\":404"),
                        line -> assertThat(line).contains("/fast\",\"status\":\"OK\",\"httpStatus\":200"),
                        line -> assertThat(line).contains("\"status\":\"INVALID\",\"submitted\":\"nonsense\""),
                        line -> assertThat(line).contains("/moved\",\"status\":\"OK\"", "\"redirects\":1"));
        assertThat(run.err())
                .contains("fetchline: of 4 records 2 are not OK (1 HTTP_ERROR, 1 INVALID).\n")
                .contains("fetchline: the function's log is ");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void the_summary_is_what_counting_the_records_gives() throws IOException, InterruptedException {
        CliProcess.Result run = CliProcess.start(
                        directory,
                        String.join(
                                "\n",
                                web.url("/moved"),
                                web.url("/busy"),
                                web.url("/missing"),
                                web.url("/fast"),
                                "ftp://example.com/",
                                "nonsense"),
                        "run",
                        "--summary",
                        "--allow-network",
                        "127.0.0.0/8",
                        "--allow-port",
                        Integer.toString(web.port()))
                .await();
        assertThat(run.out().lines()).hasSize(6).allMatch(line -> line.startsWith("{\"batchId\":\"run-"));
        assertThat(run.err())
                .contains("fetchline: what the dashboard would show, in ")
                .containsPattern("\n {2}URLs/s {5}[0-9.]+ OK \\(%d\\), ".formatted(count(run, "OK")))
                .containsPattern(" HTTP_ERROR \\(%d\\), ".formatted(count(run, "HTTP_ERROR")))
                .containsPattern(" REFUSED \\(%d\\), ".formatted(count(run, "REFUSED")))
                .containsPattern(" INVALID \\(%d\\)".formatted(count(run, "INVALID")))
                .doesNotContain(" FAILED (")
                .containsPattern("\n {2}one fetch {2}p50 [0-9,]+ ms, p95 [0-9,]+ ms, p99 [0-9,]+ ms\n")
                .contains("\n  retries    %d, deferrals "
                        .formatted(sum(run, "attempts") - count(run, "OK") - count(run, "HTTP_ERROR")))
                .contains(", refused 1\n")
                .contains("\n  bytes      %d decoded\n".formatted(sum(run, "bodyBytes")))
                .containsPattern("\n {2}on AWS {5}about \\$0\\.0000[0-9]+: table \\$0\\.");
    }

    private static long count(CliProcess.Result run, String status) {
        return run.out()
                .lines()
                .filter(line -> line.contains("\"status\":\"%s\"".formatted(status)))
                .count();
    }

    private static long sum(CliProcess.Result run, String number) {
        return Pattern.compile("\"%s\":([0-9]+)".formatted(number))
                .matcher(run.out())
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    @Test
    void what_cannot_be_read_is_named_and_harms_nothing_else() throws IOException, InterruptedException {
        Files.writeString(
                directory.resolve("m.jsonl"),
                "{broken\n{\"batchId\":\"b\",\"urls\":[\"%s\"]}\n".formatted(web.url("/fast")));
        CliProcess.Result run = CliProcess.start(
                        directory,
                        "",
                        "run",
                        "--set",
                        "FETCH_ALLOW_NETWORKS=127.0.0.0/8",
                        "--allow-port",
                        Integer.toString(web.port()),
                        "--out",
                        "out.jsonl",
                        "m.jsonl")
                .await();
        assertThat(run.out()).isEmpty();
        assertThat(directory.resolve("out.jsonl"))
                .content()
                .startsWith("{\"batchId\":\"b\",")
                .hasLineCount(1);
        assertThat(run.err()).contains(" is on the dead-letter queue: body: ");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void an_interrupted_run_says_how_far_it_got_and_leaves_nothing_behind() throws IOException, InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        HttpServer silent = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 16);
        silent.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        silent.createContext("/", exchange -> {
            asked.countDown();
            try {
                over.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        silent.start();
        int port = silent.getAddress().getPort();
        try (CliProcess run = CliProcess.start(
                directory,
                "http://127.0.0.1:%1$d/1\nhttp://127.0.0.1:%1$d/2\n".formatted(port),
                "run",
                "--allow-network",
                "127.0.0.0/8",
                "--allow-port",
                Integer.toString(port))) {
            asked.await();
            CliProcess.Ended ended = run.signal("INT");
            assertThat(ended.exitCode()).isEqualTo(130);
            assertThat(ended.err())
                    .isEqualTo("fetchline: interrupted: 0 records were final, 2 URLs were unfinished.\n");
            assertThat(ended.started()).isPositive();
            assertThat(ended.leftBehind()).isEmpty();
        } finally {
            over.countDown();
            silent.stop(0);
        }
    }

    /// In one sentence: a run that has not begun was not interrupted either.
    @Test
    void an_endpoint_where_nothing_listens_ends_the_run() throws IOException, InterruptedException {
        int port = web.port();
        web.close();
        CliProcess.Result run = CliProcess.start(
                        directory, "http://127.0.0.1/", "run", "--endpoint", "http://127.0.0.1:" + port, "-")
                .await();
        assertThat(run.err())
                .startsWith(
                        "fetchline: No emulator answers at http://127.0.0.1:" + port + ": the connection was refused")
                .hasLineCount(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void a_function_that_cannot_start_ends_the_run() throws IOException, InterruptedException {
        // Found from where the command runs, but not from where the function does.
        Path pem = TestCertificates.make(directory, "dns:example.com", 1, "").pem();
        CliProcess.Result run = CliProcess.start(
                        directory, web.url("/fast"), "run", "--set", "FETCH_EXTRA_CA_FILE=" + directory.relativize(pem))
                .await();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("fetchline: the function cannot go on: ")
                .contains("fetchline: unfinished: " + web.url("/fast") + "\n");
    }
}
