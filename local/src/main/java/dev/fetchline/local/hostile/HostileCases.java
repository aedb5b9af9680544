package dev.fetchline.local.hostile;

import java.util.List;
import java.util.stream.Stream;

/// All the tables.
public final class HostileCases {
    private HostileCases() {}

    /// Every case, in the order of the themes.
    public static List<HostileCase> all() {
        return Stream.of(
                        LengthCases.all(),
                        ChunkCases.all(),
                        HeadCases.all(),
                        ConnectionCases.all(),
                        RedirectCases.all(),
                        EncodingCases.all(),
                        CharsetCases.all(),
                        TimeCases.all(),
                        TlsCases.all(),
                        DeniedCases.all())
                .flatMap(List::stream)
                .toList();
    }

    /// The value of `FETCH_RESOLVE` that they need.
    public static String resolve() {
        return DeniedCases.resolve();
    }
}
