package dev.fetchline.local.cli;

import dev.fetchline.local.batch.BatchFinder;
import dev.fetchline.local.batch.BatchRecords;
import dev.fetchline.local.batch.TableReader;
import dev.fetchline.local.batch.Where;
import dev.fetchline.local.batch.WhereException;
import dev.fetchline.local.target.Target;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which records of which batch a reading command is about.
final class BatchOption {
    private static final int ID_BYTES_MAX = 256;

    static final String WHERE_1 =
            "EXPR of --where: NAME OPERATOR VALUE, joined by and, or, not and parentheses; such as"
                    + " 'status=FAILED and host=example.com and httpStatus>=500'.";

    static final String WHERE_2 =
            "Operators: = != < <= > >=, ~ (contains, in any case), ^= (begins with); exists(NAME). Names: status, httpStatus,"
                    + " url, host, tag, contentType, durationMs, bodyBytes, attempts, error.kind, headers.NAME and others; a"
                    + " wrong one is answered with the list. url= and url^= are cheap: only what they name is read.";

    @Parameters(paramLabel = "BATCH", description = "The batch's id, as submit printed it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    String batchId;

    @Option(names = "--where", paramLabel = "EXPR", description = "Only the records that this holds of; see below.")
    @Nullable
    String where;

    /// @throws CliException with what is wrong with the expression
    Where where() {
        try {
            return where == null ? Where.ALL : Where.parse(where);
        } catch (WhereException e) {
            throw CliException.usage("--where: " + e.getMessage());
        }
    }

    /// @throws CliException for a text that cannot be a batch's id
    static void check(String batchId) {
        int bytes = batchId.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > ID_BYTES_MAX) {
            throw CliException.usage("BATCH has %,d bytes in UTF-8: expected a batch's id, which has 1 to %d."
                    .formatted(bytes, ID_BYTES_MAX));
        }
    }

    /// @throws CliException where there is no such batch
    BatchRecords records(Target target, TableReader reader) {
        return records(target, reader, batchId);
    }

    /// @throws CliException where there is no such batch
    static BatchRecords records(Target target, TableReader reader, String batchId) {
        check(batchId);
        BatchFinder.Found found = find(target, reader, batchId);
        return new BatchRecords(
                reader, target.table(), found.parts(), found.head().isPresent());
    }

    /// @throws CliException where there is no such batch
    static BatchFinder.Found find(Target target, TableReader reader, String batchId) {
        return new BatchFinder(target.dynamoDb(), target.table(), target.batchesTable())
                .find(reader, batchId)
                .orElseThrow(() -> unknown(target, batchId));
    }

    static CliException unknown(Target target, String batchId) {
        return CliException.usage(
                "no batch \"%s\" in %s: nothing was submitted or recorded under this id, or it has expired."
                        .formatted(PrintableText.of(batchId), target.name()));
    }
}
