package dev.fetchline.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.crt.CrtRuntimeException;

/// What is said where the SDK's HTTP client has no native library, as with an `LD_LIBRARY_PATH` of one's own.
class AwsClientsTest {
    private static void assertSaid(RuntimeException failure) {
        assertThatIllegalStateException()
                .isThrownBy(() -> AwsClients.withItsLibrary(() -> {
                    throw failure;
                }))
                .withMessage(
                        "libaws-crt-jni.so cannot be loaded from LD_LIBRARY_PATH (%s), expected lib of the package"
                                + " for %s in it",
                        System.getProperty("java.library.path"), System.getProperty("os.arch"))
                .withCause(failure);
    }

    @Test
    void a_library_that_cannot_be_loaded_is_named_with_where_it_was_looked_for() {
        assertSaid(new CrtRuntimeException("Failed to load AWS CRT native library"));
    }

    @Test
    void what_the_jvm_says_of_it_is_the_same_to_the_reader() {
        assertThatIllegalStateException()
                .isThrownBy(() -> AwsClients.withItsLibrary(() -> {
                    throw new UnsatisfiedLinkError("wrong ELF class");
                }))
                .withMessageStartingWith("libaws-crt-jni.so cannot be loaded ");
    }

    @Test
    void a_client_that_is_made_is_given_out() {
        assertThat(AwsClients.withItsLibrary(() -> "made")).isEqualTo("made");
    }
}
