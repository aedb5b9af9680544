package dev.fetchline.local.page;

import java.io.Serial;

/// A request that cannot be answered as it is; the message is one sentence for the person in front of the page.
final class PageException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    PageException(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    static PageException badRequest(String sentence) {
        return new PageException(400, sentence);
    }

    static PageException notFound(String sentence) {
        return new PageException(404, sentence);
    }

    int status() {
        return status;
    }
}
