package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fetchline.local.batch.FetchRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class StandardStreamsTest {
    @Test
    void records_that_do_not_arrive_are_no_success() {
        FetchRecord fetched = new FetchRecord(Map.of(
                "batchId", AttributeValue.fromS("b"),
                "url", AttributeValue.fromS("http://a/"),
                "status", AttributeValue.fromS("OK")));
        try (RecordOutput output = RecordOutput.open(fullDisk(), false, null, List.of())) {
            assertThatThrownBy(() -> output.write(List.of(fetched)))
                    .isInstanceOf(CliException.class)
                    .hasMessage("cannot write to stdout: its disk is full, or its reader has gone.")
                    .extracting(fault -> ((CliException) fault).exitCode())
                    .isEqualTo(2);
        }
    }

    @Test
    void what_arrives_is_no_fault() {
        TestStreams streams = TestStreams.pipes();
        streams.streams().out().print("{}");
        streams.streams().flushOut();
        assertThat(streams.out()).isEqualTo("{}");
    }

    @Test
    void a_sentence_takes_the_place_of_a_line() {
        TestStreams streams = TestStreams.terminals(80);
        streams.streams().err().print("\rURLs  50%");
        streams.streams().sayOver(9, "wait\u001b.");
        assertThat(streams.err()).isEqualTo("\rURLs  50%\r         \rfetchline: wait\\u001b.\n");
    }

    @Test
    void after_the_last_word_nothing_is_said() {
        TestStreams streams = TestStreams.terminals(80);
        streams.streams().silence();
        streams.streams().say("more");
        streams.streams().sayOver(9, "more");
        assertThat(streams.err()).isEmpty();
    }

    private static StandardStreams fullDisk() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        return new StandardStreams(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(full, false, StandardCharsets.UTF_8),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                "",
                80);
    }
}
