package dev.fetchline.local.simulation;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// A URL of the world, and what stands behind it.
///
/// @param url canonical
/// @param number of bad answers of a page that [Manner#TELLS_TO_WAIT], of hops of one [Manner#REDIRECTED]
/// @param goodFrom when the weather of a [Manner#WEATHERED] page ends, nanoseconds since the world began
/// @param bodyBytes of its body when it is good
/// @param others URLs that belong to it: hops of a redirect
record Page(String url, String host, Manner manner, int number, long goodFrom, int bodyBytes, List<String> others) {
    /// The body of a good answer.
    byte[] body() {
        byte[] bytes = new byte[bodyBytes];
        byte[] pattern = (url + "\n").getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bodyBytes; at += pattern.length) {
            System.arraycopy(pattern, 0, bytes, at, Math.min(pattern.length, bodyBytes - at));
        }
        return bytes;
    }
}
