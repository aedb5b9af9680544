package dev.fetchline.local.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who gets an answer: whoever knows the token, by an address of this machine, and not from another site.
///
/// Any web page that is open in the same browser can send requests to 127.0.0.1, and with a name of its own that leads
/// there ("DNS rebinding") could read the answers. It does not know the token, and its name is not ours.
///
/// @param token part of each path
/// @param port that the server listens on
record PageGate(String token, int port) {
    private static final int TOKEN_BYTES = 24;

    /// Requests of the page itself, and of a person who types or pastes the address.
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    static PageGate onPort(int port) {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return new PageGate(Base64.getUrlEncoder().withoutPadding().encodeToString(random), port);
    }

    /// Why a request gets nothing; empty for one that may go on.
    Optional<PageAnswer> refusal(PageRequest request) {
        if (!isOurs(request.header("Host"))) {
            return refuse(403, "This page is at http://127.0.0.1:" + port + " only.");
        }
        if (!request.method().equals("GET")) {
            return refuse(405, "This page can be looked at (GET) and changes nothing.");
        }
        if (!isToken(request.segment())) {
            return refuse(403, "The address lacks the token: open the whole address that fetchline printed.");
        }
        if (isOfAnotherSite(request)) {
            return refuse(403, "Another site asked for this.");
        }
        return Optional.empty();
    }

    private boolean isOurs(List<String> hosts) {
        return hosts.size() == 1
                && (hosts.getFirst().equals("127.0.0.1:" + port)
                        || hosts.getFirst().equals("localhost:" + port));
    }

    /// In constant time: how long a wrong token takes says nothing of the right one.
    private boolean isToken(String given) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    /// A link to the page may stand anywhere, such as in a terminal of an editor in the browser; all else is asked
    /// for by the page alone. Browsers say which it is (<https://www.w3.org/TR/fetch-metadata/>), other programs
    /// need not.
    private static boolean isOfAnotherSite(PageRequest request) {
        List<String> site = request.header("Sec-Fetch-Site");
        if (site.isEmpty() || OWN_SITES.containsAll(site)) {
            return false;
        }
        return !(request.path().isEmpty() && request.header("Sec-Fetch-Dest").equals(List.of("document")));
    }

    private static Optional<PageAnswer> refuse(int status, String sentence) {
        return Optional.of(PageAnswer.sentence(status, sentence));
    }
}
