package dev.fetchline.local.stack;

import static dev.fetchline.local.stack.ContractTable.item;
import static dev.fetchline.local.stack.ContractTable.number;
import static dev.fetchline.local.stack.ContractTable.refusal;
import static dev.fetchline.local.stack.ContractTable.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.stack.ContractTable.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;

/// Items: what is taken, how it is kept, what is refused and that then nothing is written.
interface TableWritesContract extends TableContract {
    int ITEM_BYTES_MAX = 400 * 1024;

    @Test
    default void every_type_is_kept_as_it_was_given() {
        ContractTable table = table();
        Map<String, AttributeValue> item = item(
                "https://example.com/ü",
                "text",
                text("\u0000 \"\\ \n é 😀"),
                "empty",
                text(""),
                "number",
                AttributeValue.fromN("-12345678901234567890.000000001"),
                "binary",
                AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1, 127})),
                "nothing",
                AttributeValue.fromNul(true),
                "truth",
                AttributeValue.fromBool(false),
                "list",
                AttributeValue.fromL(List.of(text("a"), AttributeValue.fromL(List.of()), number(1))),
                "map",
                AttributeValue.fromM(Map.of("a", AttributeValue.fromM(Map.of()), "b", text("c"))),
                "texts",
                AttributeValue.fromSs(List.of("one")),
                "numbers",
                AttributeValue.fromNs(List.of("2")),
                "binaries",
                AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("three"))));

        Calls.await(table.putItem(item));

        assertThat(table.get("https://example.com/ü")).isEqualTo(item);
    }

    @Test
    default void numbers_are_kept_in_one_spelling() {
        ContractTable table = table();
        UnaryOperator<String> kept = given -> {
            Calls.await(table.putItem(item("u", "n", AttributeValue.fromN(given))));
            return table.get("u").get("n").n();
        };

        assertThat(kept.apply("1.50")).isEqualTo("1.5");
        assertThat(kept.apply("1E5")).isEqualTo("100000");
        assertThat(kept.apply("-0.00")).isEqualTo("0");
        assertThat(kept.apply("007")).isEqualTo("7");
        assertThat(kept.apply("9".repeat(38))).isEqualTo("9".repeat(38));
        for (String bad : List.of("", "five", "1".repeat(39), "1E126", "1E-131")) {
            assertThat(refusal(table.putItem(item("u", "n", AttributeValue.fromN(bad))))
                            .code())
                    .as(bad)
                    .isEqualTo("ValidationException");
        }
    }

    @Test
    default void a_put_replaces_the_whole_item() {
        ContractTable table = table();
        Calls.await(table.putItem(item("u", "old", text("x"))));
        Calls.await(table.putItem(item("u", "new", text("y"))));

        assertThat(table.get("u")).isEqualTo(item("u", "new", text("y")));
    }

    @Test
    default void a_batch_of_25_is_written_whole_and_one_of_26_or_none_is_refused() {
        ContractTable table = table();
        assertThat(Calls.await(table.batchWrite(items(25))))
                .isInstanceOfSatisfying(
                        BatchWriteItemResponse.class,
                        answer -> assertThat(answer.unprocessedItems()).isEmpty());
        assertThat(table.all()).containsExactlyInAnyOrderElementsOf(items(25));

        ContractTable other = table();
        assertThat(refusal(other.batchWrite(items(26))).code()).isEqualTo("ValidationException");
        assertThat(refusal(other.batchWrite(List.of())).code()).isEqualTo("ValidationException");
        assertThat(refusal(other.client().batchWriteItem(request -> request.requestItems(Map.of())))
                        .code())
                .isEqualTo("ValidationException");
        assertThat(other.all()).isEmpty();
    }

    @Test
    default void a_key_twice_in_one_batch_is_refused() {
        assertThat(refusal(table().batchWrite(List.of(item("u", "a", text("1")), item("u", "a", text("2"))))))
                .isEqualTo(new Refusal("ValidationException", "Provided list of item keys contains duplicates"));
    }

    @Test
    default void one_bad_item_spoils_its_batch_and_nothing_is_written() {
        ContractTable table = table();
        List<Map<String, AttributeValue>> bad = Arrays.asList(
                item("u", "url", null),
                item("u", "url", number(1)),
                item(""),
                item("u", "batchId", text("")),
                item("x".repeat(1_025)),
                item("ü".repeat(513)),
                item("u", "batchId", text("x".repeat(2_049))),
                item("u", "body", text("x".repeat(ITEM_BYTES_MAX))),
                item("u", "v", AttributeValue.builder().build()),
                item("u", "v", AttributeValue.fromSs(List.of())),
                item("u", "v", AttributeValue.fromNs(List.of("1", "1.0"))),
                item("u", "v", AttributeValue.builder().nul(false).build()),
                item("u", "", text("v")),
                item("u", "v", nested(32)));
        for (Map<String, AttributeValue> each : bad) {
            assertThat(refusal(table.batchWrite(List.of(item("good"), each))).code())
                    .isEqualTo("ValidationException");
            assertThat(refusal(table.putItem(each)).code()).isEqualTo("ValidationException");
        }
        assertThat(table.all()).isEmpty();
    }

    @Test
    default void what_is_just_small_enough_is_taken() {
        ContractTable table = table();
        int named = "batchId".length() + "b".length() + "url".length() + "u".length() + "body".length();

        Calls.await(table.putItem(item("x".repeat(1_024))));
        Calls.await(table.putItem(item("u", "batchId", text("x".repeat(2_048)))));
        Calls.await(table.putItem(item("u", "body", text("x".repeat(ITEM_BYTES_MAX - named)))));
        Calls.await(table.putItem(item("deep", "v", nested(31))));

        assertThat(table.all()).hasSize(4);
        assertThat(refusal(table.putItem(item("u", "body", text("x".repeat(ITEM_BYTES_MAX - named + 1))))))
                .isEqualTo(new Refusal("ValidationException", "Item size has exceeded the maximum allowed size"));
    }

    @Test
    default void an_empty_key_is_refused_by_its_name() {
        assertThat(refusal(table().putItem(item(""))))
                .isEqualTo(new Refusal(
                        "ValidationException",
                        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
                                + " contain an empty string value. Key: url"));
    }

    @Test
    default void a_table_that_is_not_there_is_said_to_be_missing() {
        ContractTable none = new ContractTable(table().client(), "none-such");
        for (CompletableFuture<?> call : List.of(
                none.putItem(item("u")),
                none.batchWrite(List.of(item("u"))),
                none.client().describeTable(request -> request.tableName("none-such")),
                none.client().scan(request -> request.tableName("none-such")),
                none.client().getItem(request -> request.tableName("none-such").key(item("u"))))) {
            assertThat(refusal(call).code()).isEqualTo("ResourceNotFoundException");
        }
    }

    @Test
    default void a_table_is_made_once_and_counts_its_items() {
        ContractTable table = table();
        Calls.await(table.batchWrite(items(3)));
        Calls.await(table.putItem(item("p0")));

        assertThat(new TableRecords(table.client(), table.name()).count()).isEqualTo(3);
        var described = Calls.await(table.client().describeTable(request -> request.tableName(table.name())))
                .table();
        assertThat(described.tableStatusAsString()).isEqualTo("ACTIVE");
        assertThat(refusal(table.client()
                                .createTable(request -> request.tableName(table.name())
                                        .billingMode("PAY_PER_REQUEST")
                                        .keySchema(described.keySchema())
                                        .attributeDefinitions(described.attributeDefinitions())))
                        .code())
                .isEqualTo("ResourceInUseException");
    }

    private static List<Map<String, AttributeValue>> items(int count) {
        return IntStream.range(0, count).mapToObj(at -> item("p" + at)).toList();
    }

    private static AttributeValue nested(int levels) {
        AttributeValue value = text("x");
        for (int level = 0; level < levels; level++) {
            value = AttributeValue.fromM(Map.of("a", value));
        }
        return value;
    }
}
