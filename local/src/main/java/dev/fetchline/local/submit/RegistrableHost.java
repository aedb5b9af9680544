package dev.fetchline.local.submit;

import com.google.common.net.InternetDomainName;
import dev.fetchline.intake.Sha256;
import java.util.LinkedHashMap;
import java.util.Map;

/// The registrable domain of a host (<https://publicsuffix.org/>): what one party runs, and what SQS is told to be fair
/// between. Looked up often for few hosts, so the last answers are kept. Not for several threads.
final class RegistrableHost {
    /// SQS: `MessageGroupId` is 1 to 128 letters, digits and punctuation marks.
    static final int GROUP_CHARS_MAX = 128;

    private static final int KEPT_MAX = 10_000;
    private static final int HASH_CHARS = 32;

    private final Map<String, String> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > KEPT_MAX;
        }
    };

    /// The group of a host, as SQS takes it.
    ///
    /// @param host lower-case ASCII as [dev.fetchline.guard.FetchUrl] gives it
    String groupOf(String host) {
        String group = kept.get(host);
        if (group == null) {
            group = fitted(of(host));
            kept.put(host, group);
        }
        return group;
    }

    /// The registrable domain; an address is its own, and so is a name that is a public suffix itself.
    static String of(String host) {
        if (host.startsWith("[") || endsInNumber(host)) {
            return host;
        }
        InternetDomainName name;
        try {
            name = InternetDomainName.from(host);
        } catch (IllegalArgumentException _) {
            return host;
        }
        if (!name.hasPublicSuffix()) {
            return lastTwoLabels(host);
        }
        return name.isPublicSuffix() ? host : name.topPrivateDomain().toString();
    }

    private static boolean endsInNumber(String host) {
        char last = host.charAt(host.length() - 1);
        // The parser has made sure that a name that ends in a number is a dotted quad.
        return last >= '0'
                && last <= '9'
                && host.substring(host.lastIndexOf('.') + 1).chars().allMatch(Character::isDigit);
    }

    /// The list's own rule for names that it does not know: the last label is a suffix.
    private static String lastTwoLabels(String host) {
        int last = host.lastIndexOf('.');
        return last < 0 ? host : host.substring(host.lastIndexOf('.', last - 1) + 1);
    }

    private static String fitted(String group) {
        return group.length() <= GROUP_CHARS_MAX
                ? group
                : group.substring(group.length() - (GROUP_CHARS_MAX - HASH_CHARS - 1)) + "~"
                        + Sha256.hex(group).substring(0, HASH_CHARS);
    }
}
