package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.batch.BatchParts;
import dev.fetchline.local.batch.BatchRecords;
import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.Records;
import dev.fetchline.local.batch.TableReader;
import dev.fetchline.local.batch.UrlHost;
import dev.fetchline.local.batch.Where;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever of an expression goes into the question to the table, the answer is that of looking at every record.
class WherePushdownTest {
    private static final int RECORDS = 300;
    private static final int EXPRESSIONS = 400;

    private static final List<String> HOSTS =
            List.of("a.example", "b.example:8080", "[2001:db8::1]", "xn--bcher-kva.example", "a.example.org");

    private static final List<String> STATUSES = List.of("OK", "FAILED", "HTTP_ERROR");

    /// As a person may write the hosts above, and one that is not there.
    private static final List<String> WRITTEN = List.of(
            "A.example", "b.example", "2001:db8:0::1", "[2001:DB8::1]", "Bücher.example", "a.example.org.", "c");

    private final Random random = new Random(20261123);

    @TempDir
    Path directory;

    @Test
    void random_expressions_find_what_looking_at_every_record_finds() {
        try (TableTarget stack = new TableTarget(directory)) {
            BatchParts parts = new BatchParts("b", 7);
            List<FetchRecord> all = new ArrayList<>();
            for (int index = 0; index < RECORDS; index++) {
                FetchRecord fetched = random(parts, index);
                all.add(fetched);
                stack.put(fetched);
            }
            BatchRecords records =
                    new BatchRecords(new TableReader(stack.target().dynamoDb()), "results", parts, true);
            int found = 0;
            for (int index = 0; index < EXPRESSIONS; index++) {
                String expression = expression(3);
                Where where = Where.parse(expression);
                List<String> answer = new ArrayList<>();
                records.each(where, Set.of("url"), fetched -> answer.add(fetched.url()));
                assertThat(answer)
                        .as(expression)
                        .containsExactlyInAnyOrderElementsOf(all.stream()
                                .filter(where::matches)
                                .map(FetchRecord::url)
                                .toList());
                found += answer.size();
            }
            assertThat(found).isPositive();
        }
    }

    private FetchRecord random(BatchParts parts, int index) {
        String url = (index % 5 == 0 ? "HEAD " : "")
                + (random.nextBoolean() ? "https://" : "http://")
                + one(HOSTS)
                + "/"
                + random.nextInt(4)
                + "/"
                + index;
        String host = String.valueOf(UrlHost.of(url));
        return Records.of(parts.partitionOf(parts.partOf(host)), url, one(STATUSES));
    }

    private String expression(int depth) {
        return switch (depth == 0 ? random.nextInt(5) : random.nextInt(9)) {
            case 0 -> "host" + one(List.of("=", "!=", " = ")) + one(WRITTEN);
            case 1 -> "status" + one(List.of("=", "!=")) + one(STATUSES);
            case 2 ->
                "url^='" + one(List.of("", "HEAD ")) + "https://" + one(HOSTS) + one(List.of("", "/", "/1")) + "'";
            case 3 -> "url" + one(List.of("=", "~", "^=")) + "http://" + one(HOSTS) + "/1/" + random.nextInt(RECORDS);
            case 4 -> "host" + one(List.of("~", "^=", "<", ">=")) + one(List.of("a", "B.", "example"));
            case 5 -> "not (" + expression(depth - 1) + ")";
            case 6 -> "(" + expression(depth - 1) + " or " + expression(depth - 1) + ")";
            default -> expression(depth - 1) + " and " + expression(depth - 1);
        };
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
