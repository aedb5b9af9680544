package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BatchResponseTest {
    private static final Set<String> BATCH = Set.of("a", "b", "c");
    private static final Set<String> NONE = Set.of();

    static Stream<Arguments> answers() {
        return Stream.of(
                // Success, in the ways Lambda takes for one.
                Arguments.of("null", NONE),
                Arguments.of("", NONE),
                Arguments.of("{}", NONE),
                Arguments.of("{\"batchItemFailures\":[]}", NONE),
                Arguments.of("{\"batchItemFailures\":null}", NONE),
                Arguments.of("{\"other\":[{\"itemIdentifier\":\"a\"}]}", NONE),
                // Some.
                Arguments.of("{\"batchItemFailures\":[{\"itemIdentifier\":\"a\"}]}", Set.of("a")),
                Arguments.of(
                        "{\"batchItemFailures\":[{\"itemIdentifier\":\"a\"},{\"itemIdentifier\":\"c\"}]}",
                        Set.of("a", "c")),
                Arguments.of(
                        "{\"batchItemFailures\":[{\"itemIdentifier\":\"a\"},{\"itemIdentifier\":\"a\"}]}", Set.of("a")),
                Arguments.of(
                        "{\"x\":{\"y\":[1]},\"batchItemFailures\":[{\"z\":[2],\"itemIdentifier\":\"b\"}]}",
                        Set.of("b")),
                // Mistakes: the whole batch.
                Arguments.of("{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}", BATCH),
                Arguments.of("{\"batchItemFailures\":[{\"itemIdentifier\":null}]}", BATCH),
                Arguments.of("{\"batchItemFailures\":[{\"itemIdentifier\":7}]}", BATCH),
                Arguments.of("{\"batchItemFailures\":[{\"itemIdentifier\":\"unknown\"}]}", BATCH),
                Arguments.of(
                        "{\"batchItemFailures\":[{\"itemIdentifier\":\"a\"},{\"itemIdentifier\":\"unknown\"}]}", BATCH),
                Arguments.of("{\"batchItemFailures\":[{\"itemidentifier\":\"a\"}]}", BATCH),
                Arguments.of("{\"batchItemFailures\":[{}]}", BATCH),
                Arguments.of("{\"batchItemFailures\":[null]}", BATCH),
                Arguments.of("{\"batchItemFailures\":[\"a\"]}", BATCH),
                Arguments.of("{\"batchItemFailures\":\"a\"}", BATCH),
                Arguments.of("{\"batchItemFailures\":{\"itemIdentifier\":\"a\"}}", BATCH),
                Arguments.of("{\"batchItemFailures\":[{\"itemIdentifier\":\"a\"}]", BATCH),
                Arguments.of("{\"batchItemFailures\":[]} {}", BATCH),
                Arguments.of("[]", BATCH),
                Arguments.of("\"a\"", BATCH),
                Arguments.of("done", BATCH));
    }

    @ParameterizedTest(name = "{0} fails {1}")
    @MethodSource("answers")
    void an_answer_fails_these_messages(String payload, Set<String> failed) {
        assertThat(BatchResponse.failed(new Invocation(true, payload), BATCH, true))
                .isEqualTo(failed);
    }

    @Test
    void a_function_error_fails_all() {
        assertThat(BatchResponse.failed(new Invocation(false, "{\"batchItemFailures\":[]}"), BATCH, true))
                .isEqualTo(BATCH);
        assertThat(BatchResponse.failed(new Invocation(false, "{}"), BATCH, false))
                .isEqualTo(BATCH);
    }

    @Test
    void without_report_batch_item_failures_the_list_is_not_read() {
        Invocation answer = new Invocation(true, "{\"batchItemFailures\":[{\"itemIdentifier\":\"a\"}]}");
        assertThat(BatchResponse.failed(answer, BATCH, false)).isEmpty();
    }
}
