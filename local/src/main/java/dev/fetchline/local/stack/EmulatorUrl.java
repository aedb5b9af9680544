package dev.fetchline.local.stack;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/// What a person may give as the address of an emulator.
public final class EmulatorUrl {
    /// Of every partition: commercial and GovCloud, China, the dual-stack names, and the European Sovereign Cloud.
    private static final List<String> AWS_DOMAINS =
            List.of("amazonaws.com", "amazonaws.com.cn", "api.aws", "api.amazonwebservices.com.cn", "amazonaws.eu");

    private EmulatorUrl() {}

    /// Reads an address such as `http://localhost:4566`.
    ///
    /// @throws IllegalArgumentException with one sentence if it is none, or if it is AWS itself
    public static URI parse(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw fault(text, "is no URL");
        }
        if (url.getScheme() == null || !url.getScheme().matches("(?i)https?")) {
            throw fault(text, "does not begin with http:// or https://");
        }
        if (url.getHost() == null || url.getPort() > 65_535 || url.getPort() == 0) {
            throw fault(text, "has no host, or no port that can be");
        }
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("the URL has user information; expected an emulator's address without"
                    + " it, such as http://localhost:4566");
        }
        if (!url.getRawPath().matches("/?") || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw fault(text, "has a path, a query or a fragment");
        }
        String host = url.getHost().toLowerCase(Locale.ROOT).replaceFirst("[.]$", "");
        if (AWS_DOMAINS.stream().anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain))) {
            throw new IllegalArgumentException(
                    text + " is AWS itself, and this is for emulators such as LocalStack; deploy with sam deploy");
        }
        int port = url.getPort();
        return URI.create(
                url.getScheme().toLowerCase(Locale.ROOT) + "://" + url.getHost() + (port < 0 ? "" : ":" + port));
    }

    private static IllegalArgumentException fault(String text, String what) {
        return new IllegalArgumentException(
                "\"" + text + "\" " + what + "; expected an emulator's address, such as http://localhost:4566");
    }
}
