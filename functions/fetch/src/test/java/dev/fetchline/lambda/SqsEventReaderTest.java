package dev.fetchline.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fetchline.queue.QueueMessage;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// What is taken from an event, and what is said of one that is none. Where it is not said otherwise, Lambda's own
/// binding to `SQSEvent` read the same.
final class SqsEventReaderTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_767_225_600_000L);
    private static final String AN_EVENT = "expected an SQS event: {\"Records\":[{\"messageId\":…,\"body\":…}]}";

    private static List<QueueMessage> read(byte[] event) {
        try {
            return SqsEventReader.read(new ByteArrayInputStream(event), NOW);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static List<QueueMessage> read(String event) {
        return read(event.getBytes(StandardCharsets.UTF_8));
    }

    private static QueueMessage record(String record) {
        return read("{\"Records\":[" + record + "]}").getFirst();
    }

    /// A record with an id and this field.
    private static QueueMessage with(String field) {
        return record("{\"messageId\":\"m\"," + field + "}");
    }

    private static String fault(String event) {
        return assertThatIllegalArgumentException()
                .isThrownBy(() -> read(event))
                .actual()
                .getMessage();
    }

    private static String recordFault(String record) {
        return fault("{\"Records\":[" + record + "]}");
    }

    /// The example of Lambda's developer guide, with an attribute of each kind.
    @Test
    void a_record_as_lambda_sends_it_is_read_whole() {
        QueueMessage message = record("""
                {
                  "messageId": "059f36b4-87a3-44ab-83d2-661975830a7d",
                  "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a...",
                  "body": "Test message.",
                  "attributes": {
                    "ApproximateReceiveCount": "3",
                    "SentTimestamp": "1545082649183",
                    "SequenceNumber": "18849496460467696128",
                    "MessageGroupId": "group",
                    "SenderId": "AIDAIENQZJOLO23YVJ4VO",
                    "ApproximateFirstReceiveTimestamp": "1545082649185"
                  },
                  "messageAttributes": {
                    "text": {"stringValue": "100", "binaryValue": null, "stringListValues": [],
                        "binaryListValues": [], "dataType": "Number"},
                    "bytes": {"binaryValue": "AP8Q", "stringListValues": [], "binaryListValues": [],
                        "dataType": "Binary"},
                    "untyped": {"stringValue": "v"},
                    "nothing": null
                  },
                  "md5OfMessageAttributes": "25da0b4b1f2a8b4a2b6a9f7c",
                  "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
                  "eventSource": "aws:sqs",
                  "eventSourceARN": "arn:aws:sqs:us-east-2:123456789012:my-queue",
                  "awsRegion": "us-east-2"
                }""");
        assertThat(message)
                .isEqualTo(new QueueMessage(
                        "059f36b4-87a3-44ab-83d2-661975830a7d",
                        "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a...",
                        "Test message.",
                        1_545_082_649_183L,
                        3,
                        "group",
                        Map.of(
                                "text",
                                MessageAttributeValue.builder()
                                        .dataType("Number")
                                        .stringValue("100")
                                        .build(),
                                "bytes",
                                MessageAttributeValue.builder()
                                        .dataType("Binary")
                                        .binaryValue(SdkBytes.fromByteArray(new byte[] {0, (byte) 0xff, 0x10}))
                                        .build())));
    }

    @Test
    void messages_keep_their_order() {
        assertThat(read("""
                        {"Records":[{"messageId":"c"},{"messageId":"a"},{"messageId":"b"}]}""")).extracting(QueueMessage::messageId).containsExactly("c", "a", "b");
        assertThat(read("{\"Records\":[]}")).isEmpty();
    }

    @Test
    void an_id_is_all_that_a_message_needs() {
        QueueMessage bare = new QueueMessage("m", null, "", NOW.toEpochMilli(), 1, null, Map.of());
        assertThat(record("{\"messageId\":\"m\"}")).isEqualTo(bare);
        assertThat(record("""
                        {"messageId":"m","receiptHandle":null,"body":null,"attributes":null,"messageAttributes":null}""")).isEqualTo(bare);
        assertThat(record("""
                        {"messageId":"m","attributes":{"SentTimestamp":null,"ApproximateReceiveCount":null,
                        "MessageGroupId":null},"messageAttributes":{}}""")).isEqualTo(bare);
    }

    @Test
    void times_and_counts_that_are_no_numbers_are_as_none() {
        QueueMessage message = with("""
                "attributes":{"SentTimestamp":"yesterday","ApproximateReceiveCount":"1.5"}""");
        assertThat(message.sentAt()).isEqualTo(NOW.toEpochMilli());
        assertThat(message.receiveCount()).isEqualTo(1);
    }

    @Test
    void numbers_and_booleans_are_taken_for_their_texts() {
        QueueMessage message = record("""
                {"messageId":42,"body":true,"attributes":{"SentTimestamp":7,"ApproximateReceiveCount":2,
                "MessageGroupId":1.50},"messageAttributes":{"n":{"dataType":"Number","stringValue":1e3}}}""");
        assertThat(message.messageId()).isEqualTo("42");
        assertThat(message.body()).isEqualTo("true");
        assertThat(message.sentAt()).isEqualTo(7);
        assertThat(message.receiveCount()).isEqualTo(2);
        assertThat(message.groupId()).isEqualTo("1.50");
        assertThat(message.attributes().get("n").stringValue()).isEqualTo("1e3");
    }

    @Test
    void what_nobody_needs_is_skipped_whatever_it_is() {
        assertThat(read("""
                        {"a":{"Records":[1]},"Records":[{"x":[[{"messageId":"no"}]],"messageId":"m","md5OfBody":{"body":[]},
                        "attributes":{"SenderId":{"SentTimestamp":"1"}},
                        "messageAttributes":{"n":{"dataType":"String","stringListValues":{"stringValue":"no"}}}}],
                        "z":[[{}]]}"""))
                .containsExactly(new QueueMessage(
                        "m",
                        null,
                        "",
                        NOW.toEpochMilli(),
                        1,
                        null,
                        Map.of(
                                "n",
                                MessageAttributeValue.builder()
                                        .dataType("String")
                                        .build())));
    }

    @Test
    void of_what_stands_twice_the_last_counts() {
        QueueMessage message = record("""
                {"messageId":"a","messageId":"b","body":"1","body":null,
                "attributes":{"SentTimestamp":"1","ApproximateReceiveCount":"2","MessageGroupId":"g"},
                "attributes":{"SentTimestamp":"3","SentTimestamp":"4"},
                "messageAttributes":{"n":{"dataType":"String","stringValue":"1"}},
                "messageAttributes":{"o":{"dataType":"String","stringValue":"2"},"o":null}}""");
        assertThat(message).isEqualTo(new QueueMessage("b", null, "", 4, 1, null, Map.of()));
        assertThat(read("{\"Records\":[{\"messageId\":\"a\"}],\"Records\":[]}")).isEmpty();
        assertThat(fault("{\"Records\":[],\"Records\":null}")).startsWith("found an event without Records");
    }

    @Test
    void texts_are_read_character_by_character_as_they_were_sent() {
        assertThat(with("\"body\":\"größer ⇒ 漢字 😀 \\u00e9 \\ud83d\\ude00 \\\\ \\/ \\\" \\b\\f\\n\\r\\t\"")
                        .body())
                .isEqualTo("größer ⇒ 漢字 😀 é 😀 \\ / \" \b\f\n\r\t");
        // Half a character can be escaped, and SQS lets none through.
        assertThat(with("\"body\":\"\\ud800\"").body()).isEqualTo("\ud800");
        assertThat(with("\"messageAttributes\":{\"ü\":{\"dataType\":\"String\",\"stringValue\":\"ß\"}}")
                        .attributes())
                .hasEntrySatisfying(
                        "ü", value -> assertThat(value.stringValue()).isEqualTo("ß"));
    }

    /// Six megabytes are what Lambda hands over at the most; one message may have nearly all of them.
    @ParameterizedTest
    @ValueSource(strings = {"x", "\\\"", "é", "\\u00e9"})
    void an_event_of_six_megabytes_is_read(String character) {
        int characters = 6_000_000 / character.getBytes(StandardCharsets.UTF_8).length;
        String body = with("\"body\":\"" + character.repeat(characters) + "\"").body();
        assertThat(body).hasSize(characters);
        assertThat(body.chars().distinct()).hasSize(1);
    }

    /// As many as a batch has at the most.
    @Test
    void ten_thousand_records_are_read() {
        String one = "{\"messageId\":\"m\",\"body\":\"https://example.com/\"},";
        assertThat(read("{\"Records\":[" + one.repeat(9_999) + one.replace("},", "}") + "]}"))
                .hasSize(10_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "{}",
                "[]",
                "[{\"Records\":[]}]",
                "\"\"",
                "42",
                "{\"Records\":null}",
                "{\"records\":[]}",
                "{\"RECORDS\":[]}"
            })
    void an_event_without_records_is_said_to_be_one(String event) {
        assertThat(fault(event)).isEqualTo("found an event without Records, " + AN_EVENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"messageId\":null}", "{\"messageId\":\"\"}", "{\"MessageId\":\"m\"}"})
    void a_record_without_id_fails_the_event(String record) {
        assertThat(recordFault("{\"messageId\":\"m\"}," + record))
                .isEqualTo("found a record without messageId, expected an SQS event");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "ä", "\\u007f", "\\n"})
    void an_id_that_is_no_key_fails_the_event(String id) {
        String sentence = "found a messageId that is not 1 to 256 printable ASCII characters, expected one of SQS";
        assertThat(recordFault("{\"messageId\":\"" + id + "\"}")).isEqualTo(sentence);
        assertThat(recordFault("{\"messageId\":\"" + "x".repeat(257) + "\"}")).isEqualTo(sentence);
        assertThat(record("{\"messageId\":\"!" + "~".repeat(255) + "\"}").messageId())
                .hasSize(256);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "body":{"url":"x"}                                        | an object | /Records/0/body                            | a string
                    "body":["x"]                                              | an array  | /Records/0/body                            | a string
                    "messageId":{}                                            | an object | /Records/0/messageId                       | a string
                    "attributes":"x"                                          | a string  | /Records/0/attributes                      | an object
                    "attributes":[]                                           | an array  | /Records/0/attributes                      | an object
                    "attributes":{"SentTimestamp":{}}                         | an object | /Records/0/attributes/SentTimestamp        | a string
                    "messageAttributes":42                                    | a number  | /Records/0/messageAttributes               | an object
                    "messageAttributes":{"n":false}                           | a boolean | /Records/0/messageAttributes/n             | an object
                    "messageAttributes":{"n":{"dataType":[]}}                 | an array  | /Records/0/messageAttributes/n/dataType    | a string
                    "messageAttributes":{"n":{"binaryValue":"!!"}}            | a string  | /Records/0/messageAttributes/n/binaryValue | bytes in Base64
                    "messageAttributes":{"n":{"binaryValue":"AP8"}}           | a string  | /Records/0/messageAttributes/n/binaryValue | bytes in Base64
                    "messageAttributes":{"n":{"binaryValue":42}}              | a number  | /Records/0/messageAttributes/n/binaryValue | bytes in Base64
                    "messageAttributes":{"n":{"binaryValue":{}}}              | an object | /Records/0/messageAttributes/n/binaryValue | bytes in Base64
                    """)
    void a_value_of_another_kind_is_named_with_its_place(String field, String found, String at, String expected) {
        assertThat(recordFault("{\"messageId\":\"m\"," + field + "}"))
                .isEqualTo("found " + found + " at " + at + " of the event, expected " + expected);
    }

    @Test
    void records_of_another_kind_are_named_with_their_place() {
        assertThat(fault("{\"Records\":{\"messageId\":\"m\"}}"))
                .isEqualTo("found an object at /Records of the event, expected an array");
        assertThat(recordFault("{\"messageId\":\"m\"},\"x\""))
                .isEqualTo("found a string at /Records/1 of the event, expected an object");
    }

    /// Lambda itself takes an event that is not JSON by RFC 8259 for none; its binding took the last five.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "nonsense",
                "{\"Records\"}",
                "{\"Records\":[}",
                "{\"Records\":[],}",
                "{\"Records\":[{\"messageId\":\"m",
                "{\"Records\":[{\"messageId\":\"m\",\"body\":\"\\u00g0\"}]}",
                "{\"x\":nul,\"Records\":[]}",
                "{'Records':[]}",
                "{Records:[]}",
                "{\"x\":NaN,\"Records\":[]}",
                "{\"Records\":[{\"messageId\":\"m\",\"body\":\"a\tb\"}]}",
                "{\"Records\":[{\"messageId\":\"m\",\"body\":\"\\q\"}]}"
            })
    void what_is_no_json_is_said_in_a_sentence_with_the_place(String event) {
        assertThat(fault(event))
                .matches("found an event that is not JSON at line 1, column \\d+, \\Q" + AN_EVENT + "\\E")
                .doesNotContain("\n");
    }

    @Test
    void the_place_is_where_it_goes_wrong() {
        assertThat(fault("{\"Records\":[\n  x]}")).startsWith("found an event that is not JSON at line 2, column ");
    }

    /// A parser that goes as deep as it is led could be led to the end of the memory.
    @Test
    void what_is_nested_without_end_is_no_event() {
        assertThat(fault("{\"x\":" + "[".repeat(1_000_000)))
                .isEqualTo("found an event that is nested too deep, or has a name or a number too long, " + AN_EVENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"Records\":[]} garbage", "{\"Records\":[]}{}", "{\"Records\":[]}]"})
    void what_follows_the_event_is_not_passed_over(String event) {
        assertThat(fault(event)).startsWith("found ").contains(AN_EVENT);
    }

    @Test
    void bytes_that_are_no_utf_8_are_no_event() {
        byte[] event = "{\"Records\":[{\"messageId\":\"m\",\"body\":\"?\"}]}".getBytes(StandardCharsets.UTF_8);
        event[event.length - 5] = (byte) 0xff;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(event))
                .withMessage("found an event that is not UTF-8, " + AN_EVENT);
    }

    /// Editors on Windows put one before a file, and `sam local invoke` hands it on.
    @Test
    void a_byte_order_mark_before_the_event_is_passed_over() {
        assertThat(read("\ufeff{\"Records\":[{\"messageId\":\"m\",\"body\":\"\ufeffb\"}]}")
                        .getFirst()
                        .body())
                .isEqualTo("\ufeffb");
    }

    /// One byte at a time, as a stream may give them.
    @Test
    void characters_are_whole_however_the_bytes_come() throws IOException {
        InputStream slow =
                new FilterInputStream(new ByteArrayInputStream(
                        "{\"Records\":[{\"messageId\":\"m\",\"body\":\"漢😀\"}]}".getBytes(StandardCharsets.UTF_8))) {
                    @Override
                    public int read(byte[] into, int from, int length) throws IOException {
                        return super.read(into, from, Math.min(1, length));
                    }
                };
        assertThat(SqsEventReader.read(slow, NOW).getFirst().body()).isEqualTo("漢😀");
    }

    /// An event that is cut off anywhere is none, whatever stood whole before: no message of it is taken.
    @Test
    void an_event_that_is_cut_off_anywhere_is_none() {
        byte[] event = """
                {"Records":[{"messageId":"m","body":"größer","attributes":{"SentTimestamp":"1"},
                "messageAttributes":{"b":{"binaryValue":"AP8Q","dataType":"Binary"}}}],"x":[1]}""".getBytes(StandardCharsets.UTF_8);
        for (int length = 1; length < event.length; length++) {
            byte[] part = Arrays.copyOf(event, length);
            assertThatIllegalArgumentException()
                    .as("%d bytes", length)
                    .isThrownBy(() -> read(part))
                    .withMessageMatching("found [^\\n]* expected [^\\n]*");
        }
    }

    @Test
    void a_count_beyond_any_is_of_many_receives() {
        QueueMessage message = with("\"attributes\":{\"ApproximateReceiveCount\":\"4294967297\"}");
        assertThat(message.receiveCount())
                .as("a redelivery is not to be taken for a first receive")
                .isGreaterThan(1);
    }

    @Test
    void an_event_that_cannot_be_read_is_no_fault_of_the_event() {
        InputStream broken = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                throw new IOException("gone");
            }
        };
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> SqsEventReader.read(broken, NOW))
                .withMessage("gone");
    }
}
