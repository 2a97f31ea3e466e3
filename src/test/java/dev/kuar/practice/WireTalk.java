package dev.kuar.practice;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a server did on a connection, in a form in which two of them can be compared: the head of its answer, what came on each channel,
 * and how it ended. How a stream was cut into frames, and which of two channels came first, is left out.
 */
final class WireTalk {
    private static final Pattern CHUNKS = Pattern.compile("(?:^|\r\n)[0-9a-f]+\r\n(?:\r\n)?");
    private static final List<Map.Entry<Pattern, String>> MASKS = List.of(
            Map.entry(Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "<uid>"),
            Map.entry(Pattern.compile("[0-9a-f]{64}"), "<id>"),
            Map.entry(Pattern.compile("(?:x{50,}(?:'\\.{3})?)+"), "<many x>"),
            Map.entry(Pattern.compile("tick \\d+"), "tick <n>"),
            Map.entry(Pattern.compile("(?:dGljay[A-Za-z0-9]+=*)+"), "<ticks>"),
            Map.entry(Pattern.compile("\\w{3}, \\d\\d \\w{3} \\d{4} [\\d:]{8} GMT"), "<date>"),
            Map.entry(Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}Z"), "<time>"),
            Map.entry(Pattern.compile("ETag: \"[^\"]*\""), "ETag: <tag>"),
            Map.entry(Pattern.compile("(?s)\"name\":\"kube-root-ca.crt\".*"), "<root certificate>"),
            Map.entry(Pattern.compile("\"resourceVersion\":\"\\d+\""), "\"resourceVersion\":\"<rv>\""));

    private final List<String> head = new ArrayList<>();
    private final Map<String, StringBuilder> channels = new TreeMap<>();
    private String end = "open";

    void head(List<String> lines) {
        head.add(lines.get(0));
        // After an answer of the library of WebSockets the connection ends; how that is told is left out.
        boolean last =
                lines.get(0).matches("HTTP/1.1 40[35].*") && lines.stream().noneMatch(line -> line.startsWith("Date"));
        lines.stream()
                .skip(1)
                .filter(line -> !last || !line.matches("Connection: close|Content-Length: \\d+"))
                .map(WireTalk::masked)
                .sorted()
                .forEach(head::add);
    }

    /** Leaves out what came on a channel, where a program that is not Kubernetes' own answered otherwise. */
    WireTalk without(String channel) {
        channels.remove("binary channel=" + channel);
        return this;
    }

    /** A frame, or bytes that are none. */
    void came(String kind, String payload) {
        if (kind.startsWith("close") || kind.startsWith("connection closed")) {
            end = end.equals("open") ? kind : end + ", " + kind;
        } else {
            channels.computeIfAbsent(kind, each -> new StringBuilder()).append(payload);
        }
    }

    static WireTalk of(WireTrace trace) {
        WireTalk talk = new WireTalk();
        talk.head(trace.answer());
        for (WireTrace.Step step : trace.steps()) {
            if (step.who() == WireTrace.Who.SERVER) {
                talk.came(step.what().replaceAll(" ?(?:fin=1|len=\\d+)", ""), step.payload());
            }
        }
        return talk;
    }

    private static String masked(String text) {
        String masked = text;
        for (Map.Entry<Pattern, String> mask : MASKS) {
            masked = mask.getKey().matcher(masked).replaceAll(mask.getValue());
        }
        return masked;
    }

    /** Lines that a program says again and again count once. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.join("\n", head)).append('\n');
        boolean isChunked = head.contains("Transfer-Encoding: chunked");
        channels.forEach((kind, payload) -> {
            String whole = isChunked ? CHUNKS.matcher(payload).replaceAll("") : payload.toString();
            text.append(kind)
                    .append(": ")
                    .append(masked(whole).replaceAll("(tick <n>\n)+", "tick <n>\n"))
                    .append('\n');
        });
        return text.append(end).append('\n').toString();
    }
}
