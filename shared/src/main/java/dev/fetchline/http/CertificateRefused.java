package dev.fetchline.http;

import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/// A server's certificate is not accepted. JSSE hands it on as the cause of what the client throws.
final class CertificateRefused extends CertificateException {
    private static final long serialVersionUID = 1;

    private final FailureKind kind;
    private final String sentence;

    /// @param sentence for the record
    CertificateRefused(FailureKind kind, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
        this.sentence = sentence;
    }

    FailureKind kind() {
        return kind;
    }

    String sentence() {
        return sentence;
    }
}
