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
        try (RecordOutput output = RecordOutput.open(failing("No space left on device"), false, null, List.of())) {
            assertThatThrownBy(() -> output.write(List.of(fetched)))
                    .isInstanceOf(CliException.class)
                    .hasMessage("cannot write to stdout: No space left on device.")
                    .extracting(fault -> ((CliException) fault).exitCode())
                    .isEqualTo(2);
        }
    }

    @Test
    void a_reader_that_wants_no_more_is_told_nothing() {
        StandardStreams streams = failing("Broken pipe");
        streams.out().print("line\n");
        assertThatThrownBy(streams::flushOut)
                .isInstanceOf(CliException.class)
                .hasMessage("")
                .extracting(fault -> ((CliException) fault).exitCode())
                .isEqualTo(141);
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

    private static StandardStreams failing(String why) {
        OutputStream failing = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(why);
            }
        };
        return new StandardStreams(
                new ByteArrayInputStream(new byte[0]),
                failing,
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                "",
                80);
    }
}
