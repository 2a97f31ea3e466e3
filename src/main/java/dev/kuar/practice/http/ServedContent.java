package dev.kuar.practice.http;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.GZIPOutputStream;

/**
 * A body that is there as a whole: with its time, only if it has changed, in parts if the client likes. Type and tag are
 * those of the answer's headers. Any method gets it. Source: {@code http.ServeContent} of Go, and the gzip handler around
 * {@code /openapi/v2}.
 */
final class ServedContent {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final int BOUNDARY_BYTES = 30;
    private static final int COMPRESSED = 1400;

    private final Call call;
    private final byte[] body;
    private final Compression compression;
    private final HeaderMap headers;

    private ServedContent(Call call, byte[] body, Compression compression) {
        this.call = call;
        this.body = body;
        this.compression = compression;
        this.headers = call.exchange().getResponseHeaders();
    }

    /** How what is long enough is sent. */
    enum Compression {
        NEVER,
        /** By gzip, for who accepts it and unless it is short. */
        GZIP
    }

    static void write(Call call, Instant modified, byte[] body, Compression compression) throws IOException {
        new ServedContent(call, body, compression).write(modified);
    }

    private void write(Instant modified) throws IOException {
        String tag = headers.contains(Headers.ETAG) ? headers.getFirst(Headers.ETAG) : "";
        headers.put(Headers.LAST_MODIFIED, HTTP_DATE.format(modified));
        Preconditions asked = new Preconditions(call, tag, modified);
        switch (asked.outcome()) {
            case FAILED -> Reply.sized(call, 412, "", new byte[0]);
            case NOT_MODIFIED -> {
                headers.remove(Headers.CONTENT_TYPE);
                if (!tag.isEmpty()) {
                    headers.remove(Headers.LAST_MODIFIED);
                }
                Reply.bytes(call, 304, "", new byte[0]);
            }
            case GO_ON -> ranges(asked.allowRanges() ? call.header("Range") : "");
        }
    }

    private void ranges(String header) throws IOException {
        List<ByteRange> ranges;
        try {
            ranges = ByteRange.parse(header, body.length);
        } catch (ByteRange.Refused refused) {
            if (refused.isOutside()) {
                headers.put(Headers.CONTENT_RANGE, "bytes */" + body.length);
            }
            List.of(Headers.CACHE_CONTROL, Headers.ETAG, Headers.LAST_MODIFIED).forEach(headers::remove);
            Reply.text(call, 416, refused.getMessage() + "\n");
            return;
        }
        headers.put(Headers.ACCEPT_RANGES, "bytes");
        long sum = ranges.stream().mapToLong(ByteRange::length).sum();
        if (ranges.isEmpty() || sum > body.length) {
            send(200, body);
        } else if (ranges.size() == 1) {
            headers.put(Headers.CONTENT_RANGE, ranges.get(0).of(body.length));
            ByteArrayOutputStream part = new ByteArrayOutputStream();
            part.write(body, ranges.get(0).start(), ranges.get(0).length());
            send(206, part.toByteArray());
        } else {
            multipart(ranges);
        }
    }

    private void multipart(List<ByteRange> ranges) throws IOException {
        byte[] random = new byte[BOUNDARY_BYTES];
        ThreadLocalRandom.current().nextBytes(random);
        String boundary = HexFormat.of().formatHex(random);
        String type = headers.getFirst(Headers.CONTENT_TYPE);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String before = "";
        for (ByteRange range : ranges) {
            out.writeBytes((before + "--" + boundary + "\r\nContent-Range: " + range.of(body.length)
                            + "\r\nContent-Type: " + type + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.write(body, range.start(), range.length());
            before = "\r\n";
        }
        out.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        headers.put(Headers.CONTENT_TYPE, "multipart/byteranges; boundary=" + boundary);
        send(206, out.toByteArray());
    }

    private void send(int code, byte[] bytes) throws IOException {
        boolean brief = bytes.length < COMPRESSED || call.method().equals("HEAD");
        if (compression == Compression.NEVER || brief || !AcceptEncoding.likesGzip(call)) {
            Reply.sized(call, code, "", bytes);
            return;
        }
        headers.put(Headers.CONTENT_ENCODING, "gzip");
        try (OutputStream out = new GZIPOutputStream(Reply.stream(call, code, ""))) {
            out.write(bytes);
        }
    }
}
