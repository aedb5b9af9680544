package dev.fetchline.local.page;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Types of pictures that hold pixels and nothing that could run, told by how they begin
/// (<https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern>). What a server called them counts for nothing.
enum RasterType {
    /// Portable Network Graphics.
    PNG("image/png"),
    /// JPEG in any wrapping.
    JPEG("image/jpeg"),
    /// GIF, also moving.
    GIF("image/gif"),
    /// WebP in its container.
    WEBP("image/webp");

    private static final int WEBP_NAME_AT = 8;

    private final String contentType;

    RasterType(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    static Optional<RasterType> of(byte[] bytes) {
        return Arrays.stream(values()).filter(type -> type.begins(bytes)).findFirst();
    }

    private boolean begins(byte[] bytes) {
        return switch (this) {
            case PNG -> has(bytes, 0, "\u0089PNG\r\n\u001a\n");
            case JPEG -> has(bytes, 0, "\u00ff\u00d8\u00ff");
            case GIF -> has(bytes, 0, "GIF87a") || has(bytes, 0, "GIF89a");
            case WEBP -> has(bytes, 0, "RIFF") && has(bytes, WEBP_NAME_AT, "WEBPVP");
        };
    }

    private static boolean has(byte[] bytes, int at, String latin1) {
        byte[] wanted = latin1.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length >= at + wanted.length
                && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
    }
}
