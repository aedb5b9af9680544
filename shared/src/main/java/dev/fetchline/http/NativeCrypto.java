package dev.fetchline.http;

import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import java.util.Set;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;

/// BoringSSL's TLS, digests and signature checks, by way of Conscrypt. Lambda's Java compiles with C1 only,
/// which has no intrinsics for any of them: a TLS handshake costs five times as much there, a SHA-256 ten
/// times (docs/performance.md).
///
/// Loads native code whose random state a snapshot would share among all its clones: nothing may call
/// [#engage] before a checkpoint.
public final class NativeCrypto {
    /// What goes to BoringSSL from everywhere in this JVM: bodies are hashed by us, requests to AWS by the SDK,
    /// and certificates checked by the JDK. Key stores, trust and random numbers stay the JDK's own.
    private static final Set<String> JVM_WIDE = Set.of(
            "MessageDigest.SHA-256",
            "MessageDigest.SHA-384",
            "Signature.SHA256withRSA",
            "Signature.SHA384withRSA",
            "Signature.SHA512withRSA",
            "Signature.SHA256withECDSA",
            "Signature.SHA384withECDSA");

    private NativeCrypto() {}

    /// Loads BoringSSL, once in a process, and puts its digests and signature checks before the JDK's.
    ///
    /// @return what provides TLS; empty where there is no native library for this machine: then the JDK does
    ///     it all
    public static Optional<Provider> engage() {
        return Optional.ofNullable(Engaged.TLS);
    }

    private static final class Engaged {
        static final @Nullable Provider TLS = Conscrypt.isAvailable() ? engaged() : null;

        private static Provider engaged() {
            Provider all = Conscrypt.newProvider();
            Security.insertProviderAt(new ChosenServices(all), 1);
            return all;
        }
    }

    private static final class ChosenServices extends Provider {
        private static final long serialVersionUID = 1L;

        ChosenServices(Provider all) {
            super("FetchlineNative", "1", "digests and signature checks of " + all.getName());
            all.getServices().stream()
                    .filter(service -> JVM_WIDE.contains(service.getType() + "." + service.getAlgorithm()))
                    .forEach(service -> putService(new Service(
                            this, service.getType(), service.getAlgorithm(), service.getClassName(), null, null)));
        }
    }
}
