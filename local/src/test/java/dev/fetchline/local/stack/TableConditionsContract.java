package dev.fetchline.local.stack;

import static dev.fetchline.local.stack.ContractTable.item;
import static dev.fetchline.local.stack.ContractTable.number;
import static dev.fetchline.local.stack.ContractTable.refusal;
import static dev.fetchline.local.stack.ContractTable.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.stack.ContractTable.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/// Conditions of writes: which hold, which do not, which are no conditions; and that of several at once one wins.
interface TableConditionsContract extends TableContract {
    /// The function's own, letter by letter: docs/architecture.md says what they are for.
    String FINAL =
            "attribute_not_exists(requestedAt) OR requestedAt < :r" + " OR (requestedAt = :r AND #status = :RETRYING)";

    String RETRYING = "attribute_not_exists(requestedAt) OR requestedAt < :r"
            + " OR (requestedAt = :r AND #status = :RETRYING AND hop < :h)";

    Map<String, String> NAMES = Map.of("#status", "status", "#absent", "no such", "#url", "url");

    Map<String, AttributeValue> VALUES = Map.ofEntries(
            Map.entry(":four", number(4)),
            Map.entry(":five", AttributeValue.fromN("5.00")),
            Map.entry(":ten", number(10)),
            Map.entry(":tenText", text("10")),
            Map.entry(":fiveText", text("5")),
            Map.entry(":RETRYING", text("RETRYING")),
            Map.entry(":RETR", text("RETR")),
            Map.entry(":OK", text("OK")),
            Map.entry(":ufe4e", text("\ufe4e")),
            Map.entry(":true", AttributeValue.fromBool(true)),
            Map.entry(":list", AttributeValue.fromL(List.of(number(1), text("a")))),
            Map.entry(":set", AttributeValue.fromNs(List.of("2", "1.0"))),
            Map.entry(":bytes", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {(byte) 0x80}))));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            attribute_exists(requestedAt)                            | true
            attribute_not_exists(requestedAt)                        | false
            attribute_exists(absent)                                 | false
            attribute_not_exists(#absent)                            | true
            requestedAt = :five                                      | true
            requestedAt <> :five                                     | false
            requestedAt < :ten                                       | true
            requestedAt < :five                                      | false
            requestedAt <= :five                                     | true
            requestedAt > :four                                      | true
            requestedAt >= :ten                                      | false
            :ten > requestedAt                                       | true
            requestedAt = hop                                        | false
            requestedAt > hop                                        | true
            requestedAt = :fiveText                                  | false
            requestedAt <> :fiveText                                 | true
            requestedAt < :tenText                                   | false
            requestedAt > :tenText                                   | false
            absent = :five                                           | false
            absent <> :five                                          | true
            absent < :five                                           | false
            NOT absent < :five                                       | true
            absent = absent2                                         | false
            #status = :RETRYING                                      | true
            #status > :OK                                            | true
            #status = :true                                          | false
            begins_with(#status, :RETR)                              | true
            begins_with(#status, :RETRYING)                          | true
            begins_with(#status, :OK)                                | false
            begins_with(requestedAt, :OK)                            | false
            smile > :ufe4e                                           | true
            truth = :true                                            | true
            truth < :five                                            | false
            mixed = :list                                            | true
            numbers = :set                                           | true
            high < :bytes                                            | false
            high > :bytes                                            | true
            attribute_exists(hop) OR hop = :ten AND hop = :ten       | true
            (attribute_exists(hop) OR hop = :ten) AND hop = :ten     | false
            NOT hop = :ten AND hop = :ten                            | false
            NOT (hop = :ten AND hop = :ten)                          | true
            NOT hop = :ten OR hop = :ten                             | true
            NOT NOT requestedAt = :five                              | true
            not(requestedAt<>:five)and requestedAt=:five Or hop=:ten | true
            """)
    default void a_condition_holds_or_not(String condition, boolean holds) {
        ContractTable table = table();
        Map<String, AttributeValue> standing = item(
                "u",
                "requestedAt",
                number(5),
                "hop",
                number(2),
                "status",
                text("RETRYING"),
                "smile",
                text("😀"),
                "truth",
                AttributeValue.fromBool(true),
                "mixed",
                AttributeValue.fromL(List.of(number(1), text("a"))),
                "numbers",
                AttributeValue.fromNs(List.of("1", "2")),
                "high",
                AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {(byte) 0xff})));
        Calls.await(table.putItem(standing));

        Map<String, AttributeValue> replacement = item("u", "new", text("x"));
        boolean written = written(table, table.putIf(replacement, condition, NAMES, VALUES));

        assertThat(written).isEqualTo(holds);
        assertThat(table.get("u")).isEqualTo(holds ? replacement : standing);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                         | The expression can not be empty;
            requestedAt                                | Syntax error; token: "<EOF>"
            requestedAt =                              | Syntax error; token: "<EOF>"
            requestedAt == :five                       | Syntax error; token: "="
            requestedAt = 5                            | Syntax error; token: "5"
            requestedAt = :five AND                    | Syntax error; token: "<EOF>"
            (requestedAt = :five                       | Syntax error; token: "<EOF>"
            requestedAt = :five)                       | Syntax error; token: ")"
            requestedAt = :five hop = :ten             | Syntax error; token: "hop"
            requestedAt = :five;                       | Syntax error; token: ";"
            ((requestedAt = :five))                    | The expression has redundant parentheses;
            status = :OK                               | Attribute name is a reserved keyword; reserved keyword: status
            url = :OK                                  | Attribute name is a reserved keyword; reserved keyword: url
            #none = :OK                                | An expression attribute name used in the document path is not defined; attribute name: #none
            hop = :none                                | An expression attribute value used in expression is not defined; attribute value: :none
            hop = hop                                  | The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [hop]
            truth < :true                              | Incorrect operand type for operator or function; operator or function: <, operand type: BOOL
            begins_with(#status, :five)                | Incorrect operand type for operator or function; operator or function: begins_with, operand type: N
            attribute_exists(:five)                    | Operator or function requires a document path; operator or function: attribute_exists
            Attribute_exists(hop)                      | Invalid function name; function: Attribute_exists
            """)
    default void what_is_no_condition_is_refused_with_the_reason(String condition, String reason) {
        ContractTable table = table();

        Refusal refusal = refusal(table.client().putItem(table.putIf(item("u"), condition, NAMES, VALUES)));

        assertThat(refusal.code()).isEqualTo("ValidationException");
        assertThat(refusal.sentence()).startsWith("Invalid ConditionExpression: " + reason);
        assertThat(table.all()).isEmpty();
    }

    @Test
    default void names_and_values_that_no_expression_says_are_refused() {
        ContractTable table = table();
        PutItemRequest put = table.putIf(item("u"), "hop = :five", NAMES, VALUES);

        assertThat(refused(table, put.toBuilder().expressionAttributeNames(Map.of("#s", "status"))))
                .isEqualTo("Value provided in ExpressionAttributeNames unused in expressions: keys: {#s}");
        assertThat(refused(
                        table,
                        put.toBuilder()
                                .expressionAttributeValues(
                                        Map.of(":five", number(5), ":b", number(1), ":a", number(1)))))
                .isEqualTo("Value provided in ExpressionAttributeValues unused in expressions: keys: {:a, :b}");
        assertThat(refused(table, put.toBuilder().expressionAttributeValues(Map.of())))
                .isEqualTo("ExpressionAttributeValues must not be empty");
        assertThat(refused(table, put.toBuilder().expressionAttributeValues(Map.of("five", number(5)))))
                .isEqualTo("ExpressionAttributeValues contains invalid key: Syntax error; key: \"five\"");
        assertThat(refused(
                        table,
                        put.toBuilder()
                                .conditionExpression(null)
                                .expressionAttributeValues(Map.of(":five", number(5)))))
                .startsWith("ExpressionAttributeValues can only be specified when using expressions");
        assertThat(refused(
                        table,
                        put.toBuilder()
                                .conditionExpression(null)
                                .expressionAttributeValues(null)
                                .expressionAttributeNames(NAMES)))
                .isEqualTo("ExpressionAttributeNames can only be specified when using expressions");
    }

    @Test
    default void every_reserved_word_is_refused_as_a_name() throws IOException {
        ContractTable table = table();
        List<String> words;
        try (InputStream list = Objects.requireNonNull(
                TableConditionsContract.class.getResourceAsStream("/dev/fetchline/local/table/reserved-words.txt"))) {
            words = new String(list.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
        List<CompletableFuture<?>> calls = words.stream()
                .<CompletableFuture<?>>map(
                        word -> table.client().putItem(table.putIf(item("u"), word + " = :five", NAMES, VALUES)))
                .toList();

        assertThat(words).hasSizeGreaterThan(500);
        for (int at = 0; at < words.size(); at++) {
            assertThat(refusal(calls.get(at)).code()).as(words.get(at)).isEqualTo("ValidationException");
        }
        for (String ours : List.of("batchId", "requestedAt", "hop", "messageId", "expiresAt", "nextAttemptAt")) {
            assertThat(written(table, table.putIf(item("u"), "attribute_not_exists(" + ours + "x)", NAMES, VALUES)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            # standing              write
            # at, status,   hop,    at, hop,  final is written, RETRYING is written
               -, -,          -,     5,   1,  true,             true
               4, OK,         -,     5,   1,  true,             true
               4, RETRYING,   9,     5,   1,  true,             true
               5, RETRYING,   -,     5,   1,  true,             false
               5, RETRYING,   0,     5,   1,  true,             true
               5, RETRYING,   1,     5,   1,  true,             false
               5, RETRYING,   2,     5,   1,  true,             false
               5, FAILED,     0,     5,   1,  false,            false
               5, OK,         -,     5,   1,  false,            false
               6, RETRYING,   0,     5,   1,  false,            false
               6, OK,         0,     5,   1,  false,            false
            """)
    default void the_function_s_own_conditions_keep_the_order_of_writes(
            Long standingAt,
            String status,
            Long standingHop,
            long at,
            long hop,
            boolean finalWins,
            boolean retryingWins) {
        for (boolean isFinal : List.of(true, false)) {
            ContractTable table = table();
            if (standingAt != null) {
                Calls.await(table.putItem(item(
                        "u",
                        "requestedAt",
                        number(standingAt),
                        "status",
                        text(status),
                        "hop",
                        standingHop == null ? null : number(standingHop))));
            }
            Map<String, AttributeValue> values =
                    Map.of(":r", number(at), ":h", number(hop), ":RETRYING", text("RETRYING"));

            boolean written =
                    written(table, table.putIf(item("u", "new", text("x")), isFinal ? FINAL : RETRYING, NAMES, values));

            assertThat(written).isEqualTo(isFinal ? finalWins : retryingWins);
        }
    }

    @Test
    default void a_row_without_a_time_is_replaced() {
        ContractTable table = table();
        Calls.await(table.putItem(item("u", "status", text("OK"))));

        assertThat(written(
                        table,
                        table.putIf(item("u"), FINAL, NAMES, Map.of(":r", number(1), ":RETRYING", text("RETRYING")))))
                .isTrue();
    }

    @Test
    default void what_stood_there_is_told_to_those_who_ask() {
        ContractTable table = table();
        Map<String, AttributeValue> standing = item("u", "hop", number(1));
        Calls.await(table.putItem(standing));
        PutItemRequest fails = table.putIf(item("u"), "hop = :ten", NAMES, VALUES).toBuilder()
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();

        var failure = table.client()
                .putItem(fails)
                .handle((_, thrown) -> thrown.getCause())
                .join();
        var answer = Calls.await(table.client()
                .putItem(request ->
                        request.tableName(table.name()).item(item("u")).returnValues(ReturnValue.ALL_OLD)));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        ConditionalCheckFailedException.class,
                        thrown -> assertThat(thrown.item()).isEqualTo(standing));
        assertThat(answer.attributes()).isEqualTo(standing);
    }

    @Test
    default void of_puts_of_a_new_key_at_once_exactly_one_wins() {
        ContractTable table = table();
        for (int round = 0; round < 5; round++) {
            String url = "u" + round;
            List<CompletableFuture<Boolean>> puts = IntStream.range(0, 16)
                    .mapToObj(racer -> table.client()
                            .putItem(table.putIf(
                                    item(url, "racer", number(racer)), "attribute_not_exists(batchId)", NAMES, VALUES))
                            .handle((_, failure) -> wins(failure)))
                    .toList();
            List<Boolean> won = puts.stream().map(CompletableFuture::join).toList();

            assertThat(won).containsOnlyOnce(true);
            assertThat(table.get(url).get("racer")).isEqualTo(number(won.indexOf(true)));
        }
    }

    @Test
    default void of_ever_later_requests_at_once_the_last_stands() {
        ContractTable table = table();
        List<CompletableFuture<Boolean>> puts = IntStream.rangeClosed(1, 40)
                .mapToObj(at -> table.client()
                        .putItem(table.putIf(
                                item("u", "requestedAt", number(at), "status", text("OK")),
                                FINAL,
                                NAMES,
                                Map.of(":r", number(at), ":RETRYING", text("RETRYING"))))
                        .handle((_, failure) -> wins(failure)))
                .toList();
        List<Boolean> won = puts.stream().map(CompletableFuture::join).toList();

        assertThat(won.getLast()).isTrue();
        assertThat(table.get("u").get("requestedAt")).isEqualTo(number(40));
    }

    private static String refused(ContractTable table, PutItemRequest.Builder put) {
        Refusal refusal = refusal(table.client().putItem(put.build()));
        assertThat(refusal.code()).isEqualTo("ValidationException");
        return refusal.sentence();
    }

    private static boolean written(ContractTable table, PutItemRequest put) {
        return table.client().putItem(put).handle((_, failure) -> wins(failure)).join();
    }

    private static boolean wins(Throwable failure) {
        if (failure == null) {
            return true;
        }
        if (failure instanceof CompletionException wrapped
                && wrapped.getCause() instanceof ConditionalCheckFailedException) {
            return false;
        }
        throw new AssertionError("Neither written nor kept from it by the condition", failure);
    }
}
