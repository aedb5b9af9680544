package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fetchline.local.target.UpFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A batch that is larger than the tool's memory, from a server that makes its pages up. For the figures of
/// docs/tools-read.md: `-Dfetchline.records=1000000`.
@Timeout(900)
class LargeBatchIT {
    private static final int RECORDS = Integer.getInteger("fetchline.records", 60_000);

    /// Of about 1.2 KB each: pages of a megabyte, as DynamoDB's are.
    private static final int RECORDS_A_PAGE = 850;

    private static final Pattern START = Pattern.compile("\"ExclusiveStartKey\".*?\"u([0-9]+)\"");

    @TempDir
    Path directory;

    @Test
    void records_and_hosts_are_read_in_64_mb() throws IOException, InterruptedException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", LargeBatchIT::answer);
        server.start();
        try {
            String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
            new UpFile(new Home(directory, "Linux", "x86_64").upFile())
                    .write(Map.of(
                            "queueUrl",
                            endpoint + "/q",
                            "deadLetterQueueUrl",
                            endpoint + "/d",
                            "table",
                            "results",
                            "sqsEndpoint",
                            endpoint,
                            "dynamoDbEndpoint",
                            endpoint));

            assertThat(linesOf("results", "large")).isEqualTo(RECORDS);
            assertThat(linesOf("results", "large", "--format", "csv")).isEqualTo(RECORDS + 1);
            assertThat(linesOf("hosts", "large")).isEqualTo(1_000);
        } finally {
            server.stop(0);
        }
    }

    private long linesOf(String... arguments) throws IOException, InterruptedException {
        Path err = Files.createTempFile(directory, "err", "");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-Dfetchline.home=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        long began = System.nanoTime();
        Process process =
                new ProcessBuilder(command).redirectError(err.toFile()).start();
        long lines = 0;
        long resident = 0;
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            while (out.readLine() != null) {
                lines++;
                if (lines % 10_000 == 0) {
                    resident = Math.max(resident, residentKb(process.pid()));
                }
            }
        }
        assertThat(process.waitFor()).as(Files.readString(err)).isZero();
        System.out.printf(
                "%s: %,d lines, %.1f s, %,d KB resident%n",
                String.join(" ", arguments), lines, (System.nanoTime() - began) / 1e9, resident);
        return lines;
    }

    private static long residentKb(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Matcher start = START.matcher(request);
            int from = start.find() ? Integer.parseInt(start.group(1)) + 1 : 0;
            int to = Math.min(RECORDS, from + RECORDS_A_PAGE);
            StringBuilder page = new StringBuilder("{\"Items\":[");
            for (int i = from; i < to; i++) {
                page.append(i == from ? "" : ",").append(item(i));
            }
            page.append("],\"Count\":")
                    .append(to - from)
                    .append(",\"ScannedCount\":")
                    .append(to - from);
            if (to < RECORDS) {
                page.append(",\"LastEvaluatedKey\":{\"batchId\":{\"S\":\"large\"},\"url\":{\"S\":\"u%d\"}}"
                        .formatted(to - 1));
            }
            byte[] bytes = page.append('}').toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String item(int i) {
        return """
                {"batchId":{"S":"large"},"url":{"S":"https://h%d.example/%d"},"status":{"S":"OK"},\
                "httpStatus":{"N":"200"},"durationMs":{"N":"%d"},"attempts":{"N":"1"},"bodyBytes":{"N":"900"},\
                "contentType":{"S":"text/html"},"body":{"S":"%s"},"fetchedAt":{"S":"2026-01-01T00:00:00Z"}}""".formatted(i % 1_000, i, i % 3_000, BODY);
    }

    private static final String BODY = "0123456789".repeat(90);
}
