package dev.kuar.practice.http;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * In what form an answer is written: the outcome of content negotiation.
 *
 * @param encoding the bytes
 * @param as {@code Table}, {@code PartialObjectMetadata}, {@code PartialObjectMetadataList}, {@code APIGroupDiscoveryList}; empty for the object itself
 * @param version of the transformed kind, {@code v1}; empty without
 * @param pretty whether JSON is indented
 */
record Form(Encoding encoding, String as, String version, boolean pretty) {
    /** How trees become bytes. */
    enum Encoding {
        JSON("application/json"),
        YAML("application/yaml"),
        PROTOBUF("application/vnd.kubernetes.protobuf");

        private final String mediaType;

        Encoding(String mediaType) {
            this.mediaType = mediaType;
        }

        String mediaType() {
            return mediaType;
        }
    }

    /** Which transformations an endpoint knows. */
    interface Transforms {
        boolean allows(String group, String version, String kind, Encoding encoding);

        /** Whether the object itself can be had so. */
        default boolean allowsPlain(Encoding encoding) {
            return true;
        }
    }

    private static final List<String> STREAMED =
            List.of("application/json;stream=watch", "application/vnd.kubernetes.protobuf;stream=watch");

    private static final String ANY = "*/*";
    private static final List<String> CONVERSION = List.of("as", "g", "v");

    /** Tables and metadata alone, for every resource. */
    static final Transforms RESOURCES = (group, version, kind, encoding) -> group.equals("meta.k8s.io")
            && (version.equals("v1") || version.equals("v1beta1"))
            && switch (kind) {
                case "Table" -> encoding != Encoding.PROTOBUF;
                case "PartialObjectMetadata", "PartialObjectMetadataList" -> true;
                default -> false;
            };

    /** The same of custom resources, which have no protobuf of their own. */
    static final Transforms CUSTOM = new Transforms() {
        @Override
        public boolean allows(String group, String version, String kind, Encoding encoding) {
            return RESOURCES.allows(group, version, kind, encoding);
        }

        @Override
        public boolean allowsPlain(Encoding encoding) {
            return encoding != Encoding.PROTOBUF;
        }
    };

    /** Of what is only answered, such as reviews: no Tables. */
    static final Transforms ANSWERS = (group, version, kind, encoding) ->
            !kind.equals("Table") && RESOURCES.allows(group, version, kind, encoding);

    /** No transformation at all. */
    static final Transforms NONE = (group, version, kind, encoding) -> false;

    /** What the Accept header of {@code call} asks for, in the order of its wishes; 406 where nothing fits. */
    static Form negotiate(Call call, Transforms transforms, List<Encoding> offered, boolean stream) {
        return choose(call, transforms, offered)
                .orElseThrow(() -> notAcceptable(
                        stream
                                ? STREAMED
                                : offered.stream().map(Encoding::mediaType).toList()));
    }

    /** The same; empty where nothing fits. */
    static Optional<Form> choose(Call call, Transforms transforms, List<Encoding> offered) {
        String accept = String.join(",", call.headers("Accept"));
        boolean pretty = call.pretty();
        if (accept.isBlank()) {
            return Optional.of(new Form(offered.get(0), "", "", pretty));
        }
        for (MediaRange range : MediaRange.parseAccept(accept)) {
            for (Encoding encoding : offered) {
                if (range.covers(encoding.mediaType()) && fits(range, encoding, transforms)) {
                    Map<String, String> asked = range.parameters();
                    return Optional.of(new Form(
                            encoding,
                            asked.getOrDefault("as", ""),
                            asked.getOrDefault("v", ""),
                            pretty || range.parameter("pretty").equals("1")));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean fits(MediaRange range, Encoding encoding, Transforms transforms) {
        boolean plain = CONVERSION.stream().noneMatch(range.parameters()::containsKey);
        boolean possible = plain
                ? transforms.allowsPlain(encoding)
                : transforms.allows(range.parameter("g"), range.parameter("v"), range.parameter("as"), encoding);
        String wanted = range.parameter("stream");
        boolean streamable = wanted.isEmpty() || (wanted.equals("watch") && encoding != Encoding.YAML);
        return possible && streamable && range.parameter("sv").isEmpty();
    }

    /** 406 of the negotiator. */
    static ApiException notAcceptable(List<String> accepted) {
        return new ApiException(Status.failure(
                406, "NotAcceptable", "only the following media types are accepted: " + String.join(", ", accepted)));
    }

    /** 406 of the router, which looks at types alone. */
    static void checkRoute(Call call, List<String> produced) {
        String accept = call.header("Accept");
        for (String clause : (accept.isEmpty() ? ANY : accept).split(",", -1)) {
            String type = bareType(clause);
            if (type.equals(ANY) || produced.contains(type)) {
                return;
            }
        }
        throw new ApiException(new Status(
                406,
                "NotAcceptable",
                "406: Not Acceptable\n\nAvailable representations: " + String.join(", ", produced),
                Status.EMPTY_DETAILS));
    }

    /** 415 of the router, for paths that take no body: a Content-Type may be absent, but must be one of {@code consumed}. */
    static void checkRouteContent(Call call, List<String> consumed) {
        String given = call.header("Content-Type");
        if (!given.isEmpty()
                && Arrays.stream(given.split(",", -1)).map(Form::bareType).noneMatch(consumed::contains)) {
            throw new ApiException(
                    new Status(415, "UnsupportedMediaType", "415: Unsupported Media Type", Status.EMPTY_DETAILS));
        }
    }

    private static String bareType(String clause) {
        int semicolon = clause.indexOf(';');
        return (semicolon < 0 ? clause : clause.substring(0, semicolon)).strip();
    }
}
