package dev.kuar.practice;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recorded exchange on one connection: what was asked, and frame by frame what went which way.
 *
 * @param request request line and headers, without who asks
 * @param answer status line and headers
 * @param steps in order of time
 */
record WireTrace(String name, List<String> request, List<String> answer, List<Step> steps) {
    private static final Pattern STEP = Pattern.compile("\\+([\\d.]+) (->|<-|\\() ?(.*)");
    private static final Pattern PAYLOAD = Pattern.compile("(.*?)(?:^| )(['\"])(.*?)\\2?(?:   # .*)?");
    private static final Pattern HEX = Pattern.compile("(?:[0-9a-f]{2}){2,}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:x([0-9a-f]{2})|(.))");

    /** Who does something in a recording. */
    enum Who {
        CLIENT,
        SERVER,
        /** The recording ends though the connection goes on. */
        END
    }

    /**
     * One thing that happened.
     *
     * @param seconds after the request
     * @param what the kind, as recorded: {@code binary fin=1 len=9 channel=1}, {@code close code=1000 reason=}
     * @param payload bytes as characters of ISO 8859-1, without the channel's own byte
     */
    record Step(double seconds, Who who, String what, String payload) {}

    static WireTrace read(Path file) throws IOException {
        List<String> request = new ArrayList<>();
        List<String> answer = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        List<String> head = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            Matcher step = STEP.matcher(line);
            if (line.startsWith(">>> request")) {
                head = request;
            } else if (line.startsWith("<<< response")) {
                head = answer;
            } else if (step.matches()) {
                steps.add(step(Double.parseDouble(step.group(1)), step.group(2), step.group(3)));
            } else if (!line.isEmpty()) {
                head.add(line);
            }
        }
        String name = file.getFileName().toString();
        return new WireTrace(name.substring(0, name.length() - 4), request, answer, steps);
    }

    private static Step step(double seconds, String mark, String rest) {
        Who who = mark.equals("(") ? Who.END : mark.equals("->") ? Who.CLIENT : Who.SERVER;
        if (rest.startsWith("close code")) {
            return new Step(seconds, who, rest, "");
        }
        Matcher parts = PAYLOAD.matcher(rest);
        if (HEX.matcher(rest).matches()) {
            return new Step(seconds, who, "", new String(HexFormat.of().parseHex(rest), StandardCharsets.ISO_8859_1));
        }
        return parts.matches()
                ? new Step(seconds, who, parts.group(1).strip(), unescaped(parts.group(3)))
                : new Step(seconds, who, rest, "");
    }

    /** A text as Python shows it, which the recorder was written in. */
    private static String unescaped(String text) {
        // What is no UTF-8 was kept with two backslashes.
        return ESCAPE.matcher(text.replace("\\\\x", "\\x")).replaceAll(found -> {
            String made = found.group(1) == null
                    ? switch (found.group(2)) {
                        case "n" -> "\n";
                        case "r" -> "\r";
                        case "t" -> "\t";
                        default -> found.group(2);
                    }
                    : String.valueOf((char) Integer.parseInt(found.group(1), 16));
            return Matcher.quoteReplacement(made);
        });
    }
}
