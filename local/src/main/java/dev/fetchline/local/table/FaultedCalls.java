package dev.fetchline.local.table;

import dev.fetchline.local.table.TableFaults.Kind;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Calls with what befalls them, as far as it is not time.
record FaultedCalls(TableOperations operations, TableFaults faults) {

    /// The answer; empty where the caller is to have none.
    Optional<WireAnswer> answer(String operation, byte[] request, TableFaults.Draw draw) throws IOException {
        Kind kind = draw.kind();
        if (kind == null || kind == Kind.UNPROCESSED_ITEMS || kind == Kind.UNPROCESSED_KEYS) {
            return Optional.of(carryOut(operation, request, draw));
        }
        faults.count(kind);
        boolean one = draw.random().nextBoolean();
        return switch (kind) {
            case THROTTLED -> failed(one ? TableErrors.throughputExceeded() : TableErrors.throttled());
            case DOWN -> one ? failed(TableErrors.unavailable()) : Optional.empty();
            case SERVER_ERROR -> {
                if (one) {
                    carryOut(operation, request, draw);
                }
                yield failed(TableErrors.internalServerError());
            }
            case LOST_ANSWER -> {
                carryOut(operation, request, draw);
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private WireAnswer carryOut(String operation, byte[] request, TableFaults.Draw draw) throws IOException {
        try {
            return WireAnswer.of(operations.call(operation, request, draw));
        } catch (AwsServiceException refusal) {
            return WireAnswer.of(refusal);
        } catch (IOException unreadable) {
            return WireAnswer.of(TableErrors.unreadable(String.valueOf(unreadable.getMessage())));
        } catch (RuntimeException bug) {
            // Ours, and to be seen as such: a closed connection would be taken for a fault on demand.
            return WireAnswer.of(TableErrors.bug(bug));
        }
    }

    private static Optional<WireAnswer> failed(AwsServiceException failure) throws IOException {
        return Optional.of(WireAnswer.of(failure));
    }
}
