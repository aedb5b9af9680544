package dev.fetchline.local.stack;

import static dev.fetchline.local.stack.ContractTable.item;
import static dev.fetchline.local.stack.ContractTable.number;
import static dev.fetchline.local.stack.ContractTable.refusal;
import static dev.fetchline.local.stack.ContractTable.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.stack.ContractTable.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/// Reads by key, by partition and of everything, page by page.
interface TableReadsContract extends TableContract {

    @Test
    default void a_batch_of_keys_gives_the_attributes_asked_for_of_the_items_that_are_there() {
        ContractTable table = table();
        Calls.await(table.batchWrite(
                List.of(item("u1", "requestedAt", number(1), "other", text("x")), item("u2"), item("u3"))));

        BatchGetItemResponse answer = Calls.await(table.client()
                .batchGetItem(request -> request.requestItems(Map.of(
                        table.name(),
                        KeysAndAttributes.builder()
                                .keys(List.of(item("u1"), item("u2"), item("none")))
                                .consistentRead(true)
                                .projectionExpression("batchId, #url, requestedAt")
                                .expressionAttributeNames(Map.of("#url", "url"))
                                .build()))));

        assertThat(answer.responses().get(table.name()))
                .containsExactlyInAnyOrder(item("u1", "requestedAt", number(1)), item("u2"));
        assertThat(answer.unprocessedKeys()).isEmpty();
    }

    @Test
    default void keys_past_16_mb_come_back_and_asked_for_again_give_every_item_once() {
        ContractTable table = table();
        List<Map<String, AttributeValue>> keys =
                IntStream.range(0, 44).mapToObj(at -> item("u" + at)).toList();
        keys.forEach(key -> {
            Map<String, AttributeValue> item = item(key.get("url").s(), "body", text("x".repeat(390_000)));
            Calls.await(table.putItem(item));
        });

        Set<String> read = new HashSet<>();
        KeysAndAttributes question =
                KeysAndAttributes.builder().keys(keys).consistentRead(true).build();
        int calls = 0;
        while (question != null) {
            KeysAndAttributes asked = question;
            BatchGetItemResponse answer = Calls.await(
                    table.client().batchGetItem(request -> request.requestItems(Map.of(table.name(), asked))));
            answer.responses()
                    .get(table.name())
                    .forEach(item -> assertThat(read.add(item.get("url").s())).isTrue());
            question = answer.unprocessedKeys().get(table.name());
            assertThat(question == null || question.consistentRead()).isTrue();
            calls++;
        }

        assertThat(read).hasSize(44);
        assertThat(calls).isEqualTo(2);
    }

    @Test
    default void a_question_that_is_not_right_is_refused() {
        ContractTable table = table();
        assertThat(refused(table, request -> request.keys(List.of(item("u"), item("u")))))
                .isEqualTo("Provided list of item keys contains duplicates");
        assertThat(refused(table, request -> request.projectionExpression("batchId, url")))
                .isEqualTo("Invalid ProjectionExpression: Attribute name is a reserved keyword; reserved keyword: url");
        assertThat(refused(table, request -> request.projectionExpression("#x")))
                .isEqualTo("Invalid ProjectionExpression: An expression attribute name used in the document path is not"
                        + " defined; attribute name: #x");
        assertThat(refused(
                        table,
                        request ->
                                request.projectionExpression("batchId").expressionAttributeNames(Map.of("#x", "url"))))
                .isEqualTo("Value provided in ExpressionAttributeNames unused in expressions: keys: {#x}");
        assertThat(refused(table, request -> request.expressionAttributeNames(Map.of("#x", "url"))))
                .isEqualTo("ExpressionAttributeNames can only be specified when using expressions");
        assertThat(refused(table, request -> request.projectionExpression("hop, hop")))
                .isEqualTo("Invalid ProjectionExpression: Two document paths overlap with each other; must remove or"
                        + " rewrite one of these paths; path one: [hop], path two: [hop]");
        assertThat(refused(table, request -> request.projectionExpression("hop,")))
                .isEqualTo("Invalid ProjectionExpression: Syntax error; token: \"<EOF>\", near: \",\"");
        for (List<Map<String, AttributeValue>> keys : List.of(
                List.<Map<String, AttributeValue>>of(),
                IntStream.range(0, 101).mapToObj(at -> item("u" + at)).toList(),
                List.of(item("u", "hop", number(1))),
                List.of(item("u", "url", null)),
                List.of(item("u", "url", number(1))),
                List.of(item("")),
                List.of(item("x".repeat(1_025))))) {
            assertThat(refused(table, request -> request.keys(keys))).isNotEmpty();
        }
    }

    @Test
    default void a_scan_gives_every_item_once_in_pages_of_about_a_megabyte() {
        ContractTable table = table();
        for (int at = 0; at < 12; at++) {
            Calls.await(
                    table.putItem(item("u" + at, "batchId", text("b" + at % 3), "body", text("x".repeat(300_000)))));
        }

        List<ScanResponse> pages = pages(table, ScanRequest.builder());
        List<ScanResponse> counts = pages(table, ScanRequest.builder().select(Select.COUNT));

        assertThat(pages.stream()
                        .flatMap(page -> page.items().stream())
                        .map(item -> item.get("url").s()))
                .hasSize(12)
                .doesNotHaveDuplicates();
        assertThat(pages.stream().map(ScanResponse::count)).startsWith(4, 4).allMatch(count -> count <= 4);
        assertThat(counts).allMatch(page -> page.items().isEmpty());
        assertThat(counts.stream().mapToInt(ScanResponse::count).sum()).isEqualTo(12);
    }

    @Test
    default void a_scan_with_a_limit_stops_there_and_goes_on_after() {
        ContractTable table = table();
        Calls.await(table.batchWrite(
                IntStream.range(0, 5).mapToObj(at -> item("u" + at)).toList()));

        List<ScanResponse> pages = pages(table, ScanRequest.builder().limit(2).projectionExpression("batchId"));

        assertThat(pages.stream().map(ScanResponse::count)).containsExactly(2, 2, 1);
        assertThat(pages.getFirst().items())
                .containsExactly(Map.of("batchId", text("b")), Map.of("batchId", text("b")));
        assertThat(refusal(table.client()
                                .scan(request -> request.tableName(table.name()).limit(0)))
                        .code())
                .isEqualTo("ValidationException");
        assertThat(refusal(table.client()
                                .scan(request -> request.tableName(table.name())
                                        .exclusiveStartKey(Map.of("batchId", text("b")))))
                        .code())
                .isEqualTo("ValidationException");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            #n0 = :b                                 | a1 a2 b1 é 😀
            batchId = :b AND begins_with(#url, :a)   | a1 a2
            begins_with(#url, :a) AND (batchId = :b) | a1 a2
            batchId = :b AND #url = :a2              | a2
            batchId = :b AND #url > :a2              | b1 é 😀
            batchId = :b AND #url <= :a2             | a1 a2
            """)
    default void a_query_gives_a_partition_or_part_of_it_in_order(String condition, String urls) {
        ContractTable table = table();
        Calls.await(table.batchWrite(List.of(
                item("b1"), item("a2"), item("a1"), item("😀"), item("é"), item("a3", "batchId", text("other")))));
        QueryRequest query = query(table, condition);

        assertThat(urls(Calls.await(table.client().query(query)).items())).isEqualTo(urls);
        assertThat(Calls.await(table.client()
                                .query(query.toBuilder().select(Select.COUNT).build()))
                        .count())
                .isEqualTo(urls.split(" ").length);
    }

    @Test
    default void a_query_and_a_scan_may_ask_what_they_take() {
        ContractTable table = table();
        Calls.await(table.batchWrite(List.of(item("a"))));
        QueryRequest query = query(table, "batchId = :b").toBuilder()
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .build();

        assertThat(Calls.await(table.client().query(query)).items()).containsExactly(item("a"));
        assertThat(pages(table, ScanRequest.builder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)))
                .singleElement()
                .satisfies(page -> assertThat(page.items()).containsExactly(item("a")));
    }

    @Test
    default void a_query_goes_backwards_and_page_by_page() {
        ContractTable table = table();
        Calls.await(table.batchWrite(List.of(item("a"), item("b"), item("c"), item("a", "batchId", text("other")))));
        QueryRequest first = query(table, "batchId = :b").toBuilder()
                .scanIndexForward(false)
                .limit(2)
                .build();

        var page = Calls.await(table.client().query(first));
        var rest = Calls.await(table.client()
                .query(first.toBuilder()
                        .exclusiveStartKey(page.lastEvaluatedKey())
                        .build()));

        assertThat(urls(page.items())).isEqualTo("c b");
        assertThat(page.lastEvaluatedKey()).isEqualTo(item("b"));
        assertThat(urls(rest.items())).isEqualTo("a");
        assertThat(rest.hasLastEvaluatedKey()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            #url = :a2                                    | Query condition missed key schema element
            batchId = :b OR #url = :a2                    | Invalid operator used in KeyConditionExpression: OR
            batchId = :b AND NOT #url = :a2               | Invalid operator used in KeyConditionExpression: NOT
            batchId <> :b                                 | Invalid operator used in KeyConditionExpression: <>
            batchId = :b AND #url > :a AND #url < :a2     | KeyConditionExpressions must only contain one condition per key
            batchId = :one                                | One or more parameter values were invalid: Condition parameter type does not match schema type
            """)
    default void a_query_that_is_not_of_one_partition_is_refused(String condition, String sentence) {
        ContractTable table = table();

        Refusal refusal = refusal(table.client().query(query(table, condition)));

        assertThat(refusal.code()).isEqualTo("ValidationException");
        assertThat(refusal.sentence()).startsWith(sentence);
    }

    private static List<ScanResponse> pages(ContractTable table, ScanRequest.Builder request) {
        List<ScanResponse> pages = new ArrayList<>();
        Map<String, AttributeValue> after = null;
        do {
            ScanResponse page = Calls.await(table.client()
                    .scan(request.tableName(table.name())
                            .exclusiveStartKey(after)
                            .build()));
            pages.add(page);
            after = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
        } while (after != null);
        return pages;
    }

    private static QueryRequest query(ContractTable table, String condition) {
        // The same rule of what is sent as for a put.
        var said = table.putIf(
                Map.of(),
                condition,
                Map.of("#n0", "batchId", "#url", "url"),
                Map.of(":b", text("b"), ":a", text("a"), ":a2", text("a2"), ":one", number(1)));
        return QueryRequest.builder()
                .tableName(table.name())
                .keyConditionExpression(condition)
                .expressionAttributeNames(said.hasExpressionAttributeNames() ? said.expressionAttributeNames() : null)
                .expressionAttributeValues(said.expressionAttributeValues())
                .build();
    }

    private static String urls(List<Map<String, AttributeValue>> items) {
        return String.join(" ", items.stream().map(item -> item.get("url").s()).toList());
    }

    private static String refused(ContractTable table, Consumer<KeysAndAttributes.Builder> change) {
        KeysAndAttributes.Builder question = KeysAndAttributes.builder().keys(List.of(item("u")));
        change.accept(question);
        Refusal refusal = refusal(
                table.client().batchGetItem(request -> request.requestItems(Map.of(table.name(), question.build()))));
        assertThat(refusal.code()).isEqualTo("ValidationException");
        return refusal.sentence();
    }
}
