package dev.fetchline.http;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Hands out what it had inflated when it met broken data, and reports the fault when asked for more. The JDK's own
/// throws at once and leaves unsaid how much it had written: of a short body that is all of it.
final class KeepingInflater extends Inflater {
    private @Nullable DataFormatException fault;

    KeepingInflater(boolean raw) {
        super(raw);
    }

    @Override
    public int inflate(byte[] target, int offset, int length) throws DataFormatException {
        if (fault != null) {
            throw fault;
        }
        long before = getBytesWritten();
        try {
            return super.inflate(target, offset, length);
        } catch (DataFormatException broken) {
            fault = broken;
            int kept = (int) (getBytesWritten() - before);
            if (kept == 0) {
                throw broken;
            }
            return kept;
        }
    }
}
