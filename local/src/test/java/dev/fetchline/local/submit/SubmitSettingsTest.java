package dev.fetchline.local.submit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubmitSettingsTest {
    @Test
    void what_the_function_would_not_read_is_said_in_the_words_of_the_options() {
        expect("b/00", null, Map.of(), "--batch-id b/00: a slash and digits");
        expect("", null, Map.of(), "--batch-id ");
        expect("dead-letter", null, Map.of(), "--batch-id dead-letter: redrive --from dead-letter");
        expect("x".repeat(253), null, Map.of(), "--batch-id (with the end that a part's name may have): found");
        expect("a\nb", null, Map.of(), "--batch-id (with");
        expect("b", "", Map.of(), "--tag: found");
        expect("b", "t", Map.of("Host", "x"), "--header: found the name \"Host\"");
        expect("b", "t", Map.of("A B", "x"), "--header: found the name \"A B\"");
        expect("b", "t", Map.of("X", "caf\u00e9"), "--header: found a character");
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i < 33; i++) {
            many.put("H" + i, "v");
        }
        expect("b", "t", many, "--header: found");
    }

    @Test
    void names_of_people_are_taken() {
        for (String id : new String[] {"b", "nightly/x", "a/1", "caf\u00e9 \ud83d\ude00", "x".repeat(252)}) {
            assertThatCode(() -> Submissions.settings(id, 1)).doesNotThrowAnyException();
        }
    }

    private static void expect(String id, String tag, Map<String, String> headers, String beginning) {
        assertThatThrownBy(() -> new SubmitSettings(id, Optional.ofNullable(tag), headers, 10))
                .isInstanceOf(SubmitException.class)
                .hasMessageStartingWith(beginning);
    }
}
