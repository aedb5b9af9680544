package dev.fetchline.local.hostile;

/// JSON strings of any text.
final class JsonText {
    private JsonText() {}

    static String quote(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            boolean plain = next >= ' ' && next < 0x7f && next != '"' && next != '\\';
            json.append(plain ? Character.toString(next) : "\\u%04x".formatted((int) next));
        }
        return json.append('"').toString();
    }
}
