package dev.kuar.practice.http;

import java.util.Arrays;

/** What a client says of compression; its readers read the header differently. */
final class AcceptEncoding {
    private AcceptEncoding() {}

    /** As the API server's own writer reads it: {@code gzip} stands there as it is; qualities are not understood. */
    static boolean namesGzip(Call call) {
        return Arrays.stream(call.header("Accept-Encoding").split(",", -1))
                .anyMatch(each -> each.strip().equals("gzip"));
    }

    /** As handlers of other libraries read it: {@code gzip} with a quality above 0. */
    static boolean likesGzip(Call call) {
        return Arrays.stream(call.header("Accept-Encoding").split(",", -1))
                .map(MediaRange::parse)
                .anyMatch(coding -> coding.type().equals("gzip") && coding.quality() > 0);
    }
}
