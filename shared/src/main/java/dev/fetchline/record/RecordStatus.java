package dev.fetchline.record;

import dev.fetchline.http.Outcome;

/// The status of a record. All but [#RETRYING] are final.
public enum RecordStatus {
    /// 2xx or 304, or a 3xx that the caller asked not to follow.
    OK,
    /// Another status, after retries.
    HTTP_ERROR,
    /// No usable response.
    FAILED,
    /// Understood, and policy says no.
    REFUSED,
    /// Cannot be understood as an item or a URL.
    INVALID,
    /// Tried, and put back on the queue to be tried again.
    RETRYING;

    /// The status of an answer.
    ///
    /// @param followsRedirects whether the caller wanted a 3xx followed; one that came anyway was not asked for
    static RecordStatus of(Outcome.Answered answered, boolean followsRedirects) {
        int status = answered.status();
        boolean fine = (status >= 200 && status <= 299)
                || status == 304
                || (!followsRedirects && status >= 300 && status <= 399);
        return fine ? OK : HTTP_ERROR;
    }
}
