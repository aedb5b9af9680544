package dev.fetchline.local.simulation;

/// The key of a record, as the table sees it.
record Key(String batchId, String url) {
    @Override
    public String toString() {
        return batchId + " " + url;
    }
}
