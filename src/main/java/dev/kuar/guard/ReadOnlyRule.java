package dev.kuar.guard;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What counts as reading: GET and HEAD of objects, of their harmless subresources and of what a server tells about itself, and POST
 * of the three reviews by which one asks about oneself.
 *
 * <p>Everything else is refused, also what the rule does not know. exec, attach, portforward and proxy are GETs as well, so the path
 * decides before the method does; a path that could be read in two ways is malformed.
 */
final class ReadOnlyRule {
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~!$&'()*+,;=:@/%-]*");
    private static final Pattern QUERY = Pattern.compile("[\\x21-\\x7e&&[^#]]*");
    private static final Pattern REVIEW = Pattern.compile("/apis/(?:"
            + "authorization\\.k8s\\.io/v1(?:beta1)?/selfsubject(?:access|rules)reviews"
            + "|authentication\\.k8s\\.io/v1(?:alpha1|beta1)?/selfsubjectreviews)");
    private static final Set<String> READ_SUBRESOURCES =
            Set.of("status", "scale", "log", "ephemeralcontainers", "resize", "approval", "finalize");
    private static final Set<String> INSIDE = Set.of("exec", "attach", "portforward", "proxy");
    private static final Set<String> NAMESPACE_SUBRESOURCES = Set.of("status", "finalize");
    private static final Pattern METRICS = Pattern.compile("(?:.+\\.)?metrics\\.k8s\\.io");
    private static final Set<String> ABOUT_ITSELF = Set.of(
            "version", "healthz", "livez", "readyz", "metrics", "openapi", ".well-known", "openid", "statusz", "flagz");

    private ReadOnlyRule() {}

    /** What is done with a request. */
    enum Verdict {
        ALLOWED,
        /** It could change the cluster. */
        WRITES,
        /** It runs or reaches something inside the cluster. */
        ENTERS,
        /** Its path has more than one meaning. */
        MALFORMED
    }

    /**
     * Judges one request.
     *
     * @param target path and query as they stand in the request line
     * @param upgrade whether it asks to speak another protocol from then on
     */
    static Verdict judge(String method, String target, boolean upgrade) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        Optional<List<String>> segments = segments(path);
        if (segments.isEmpty()
                || !QUERY.matcher(mark < 0 ? "" : target.substring(mark)).matches()) {
            return Verdict.MALFORMED;
        }
        boolean reads = method.equals("GET") || method.equals("HEAD");
        if (method.equals("POST") && REVIEW.matcher(path).matches()) {
            return upgrade ? Verdict.ENTERS : Verdict.ALLOWED;
        }
        Verdict place = place(segments.get());
        if (!reads) {
            boolean inside = place == Verdict.ENTERS && segments.get().stream().anyMatch(INSIDE::contains);
            return inside ? Verdict.ENTERS : Verdict.WRITES;
        }
        return upgrade ? Verdict.ENTERS : place;
    }

    /** Whether the path alone may be read. */
    private static Verdict place(List<String> all) {
        if (all.isEmpty()) {
            return Verdict.ALLOWED;
        }
        String first = all.get(0);
        if (!first.equals("api") && !first.equals("apis")) {
            return ABOUT_ITSELF.contains(first) ? Verdict.ALLOWED : Verdict.ENTERS;
        }
        int head = first.equals("api") ? 2 : 3;
        if (all.size() <= head) {
            return Verdict.ALLOWED;
        }
        List<String> rest = all.subList(head, all.size());
        if (rest.get(0).equals("proxy")) {
            return Verdict.ENTERS;
        }
        if (rest.get(0).equals("watch")) {
            rest = rest.subList(1, rest.size());
        }
        if (rest.size() > 2 && rest.get(0).equals("namespaces") && !NAMESPACE_SUBRESOURCES.contains(rest.get(2))) {
            rest = rest.subList(2, rest.size());
        }
        boolean metrics = head == 3 && METRICS.matcher(all.get(1)).matches();
        if (rest.size() < 3 || (metrics && rest.size() == 3)) {
            return Verdict.ALLOWED;
        }
        return rest.size() == 3 && READ_SUBRESOURCES.contains(rest.get(2)) ? Verdict.ALLOWED : Verdict.ENTERS;
    }

    /** The parts of a path, decoded; empty where it can be understood in two ways. */
    static Optional<List<String>> segments(String path) {
        if (!PATH.matcher(path).matches() || path.contains("//")) {
            return Optional.empty();
        }
        List<String> segments = new ArrayList<>();
        for (String raw : path.substring(1).split("/")) {
            Optional<String> segment = decoded(raw);
            if (segment.isEmpty() || isAmbiguous(segment.get())) {
                return Optional.empty();
            }
            if (!raw.isEmpty()) {
                segments.add(segment.get());
            }
        }
        return Optional.of(segments);
    }

    private static boolean isAmbiguous(String segment) {
        return segment.equals(".")
                || segment.equals("..")
                || segment.chars().anyMatch(c -> c == '/' || c == '\\' || c == '%' || c < 0x20 || c == 0x7f);
    }

    private static Optional<String> decoded(String raw) {
        if (!raw.contains("%")) {
            return Optional.of(raw);
        }
        ByteBuffer bytes = ByteBuffer.allocate(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) != '%') {
                bytes.put((byte) raw.charAt(i));
                continue;
            }
            if (i + 2 >= raw.length()) {
                return Optional.empty();
            }
            int high = Character.digit(raw.charAt(i + 1), 16);
            int low = Character.digit(raw.charAt(i + 2), 16);
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            bytes.put((byte) (high * 16 + low));
            i += 2;
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
