package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmulatorUrlTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:4566,http://localhost:4566",
        "http://localhost:4566/,http://localhost:4566",
        "HTTP://127.0.0.1:5000,http://127.0.0.1:5000",
        "https://localhost.localstack.cloud:4566,https://localhost.localstack.cloud:4566",
        "http://emulator,http://emulator",
        "http://[::1]:4566,http://[::1]:4566",
        "http://amazonaws.com.example.org:4566,http://amazonaws.com.example.org:4566"
    })
    void addresses_of_emulators(String text, String url) {
        assertThat(EmulatorUrl.parse(text)).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "localhost:4566",
                "4566",
                "ftp://localhost:4566",
                "http://",
                "http:localhost",
                "http:///queue",
                "http://local host:4566",
                "http://localhost:0",
                "http://localhost:99999",
                "http://localhost:4566/000000000000/fetchline-FetchQueue",
                "http://localhost:4566/?a=b",
                "http://localhost:4566#a"
            })
    void other_texts_are_named_with_what_was_expected(String text) {
        assertThatThrownBy(() -> EmulatorUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + text + "\" ")
                .hasMessageEndingWith("; expected an emulator's address, such as http://localhost:4566");
    }

    @Test
    void passwords_are_not_repeated() {
        assertThatThrownBy(() -> EmulatorUrl.parse("http://user:secret@localhost:4566"))
                .hasMessageContaining("user information")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://sqs.eu-west-1.amazonaws.com",
                "https://SQS.eu-west-1.AmazonAWS.com./",
                "https://sqs.cn-north-1.amazonaws.com.cn",
                "https://sqs.eu-west-1.api.aws",
                "https://vpce-1-2.sqs.us-east-1.vpce.amazonaws.com",
                "https://dynamodb.eusc-de-east-1.amazonaws.eu",
                "https://amazonaws.com"
            })
    void aws_itself_is_refused(String text) {
        assertThatThrownBy(() -> EmulatorUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        text + " is AWS itself, and this is for emulators such as LocalStack; deploy with sam deploy");
    }
}
