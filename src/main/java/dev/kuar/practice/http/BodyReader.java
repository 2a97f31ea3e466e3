package dev.kuar.practice.http;

import dev.kuar.practice.api.ApiClient.PatchType;
import dev.kuar.practice.api.ApiRequest;
import dev.kuar.practice.api.Body;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.schema.Kind;
import java.util.ArrayList;
import java.util.List;

/** From a Content-Type to the way in which a body is to be read. */
final class BodyReader {
    private static final List<String> OBJECTS =
            List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf");
    private static final List<String> PATCHES = List.of(
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            "application/apply-patch+yaml");

    private BodyReader() {}

    /** The body of anything but a patch; deletions may go without. */
    static Body object(Call call, String verb) {
        byte[] bytes = call.body();
        boolean deletion = verb.startsWith("delete");
        if (deletion && bytes.length == 0) {
            return Body.NONE;
        }
        String type = MediaRange.parse(call.header("Content-Type")).name();
        return switch (type) {
            case "", "application/json" -> Body.json(bytes);
            case "application/yaml" -> Body.yaml(bytes);
            case "application/vnd.kubernetes.protobuf" -> Body.tree(Protobuf.tree(bytes));
            default -> throw unsupported(OBJECTS);
        };
    }

    static ApiRequest patch(Call call, Kind kind, ApiRequest request) {
        String type = MediaRange.parse(call.header("Content-Type")).name();
        if (!PATCHES.contains(type)) {
            throw new ApiException(
                    new Status(415, "UnsupportedMediaType", "415: Unsupported Media Type", Status.EMPTY_DETAILS));
        }
        if (kind.isCustom() && type.equals("application/strategic-merge-patch+json")) {
            List<String> accepted = new ArrayList<>(PATCHES);
            accepted.remove(type);
            throw unsupported(accepted);
        }
        byte[] bytes = call.body();
        return switch (type) {
            case "application/json-patch+json" -> request.with(Body.json(bytes)).with(PatchType.JSON);
            case "application/merge-patch+json" ->
                request.with(Body.json(bytes)).with(PatchType.MERGE);
            case "application/apply-patch+yaml" ->
                request.with(Body.yaml(bytes)).with(PatchType.APPLY);
            default -> request.with(Body.json(bytes)).with(PatchType.STRATEGIC);
        };
    }

    private static ApiException unsupported(List<String> accepted) {
        return new ApiException(Status.failure(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: "
                        + String.join(", ", accepted)));
    }
}
