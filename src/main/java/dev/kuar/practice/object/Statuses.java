package dev.kuar.practice.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The refusals that every part of the API server gives, worded as {@code apimachinery/pkg/api/errors} words them. */
public final class Statuses {
    private Statuses() {}

    /** 404: there is no such object. */
    public static ApiException notFound(GroupResource resource, String name) {
        return of(404, "NotFound", resource + " \"" + name + "\" not found", details(resource, name));
    }

    /** 404: no such path below a group version that is served. */
    public static ApiException noSuchResource() {
        return withEmptyDetails(404, "NotFound", "the server could not find the requested resource");
    }

    public static ApiException alreadyExists(GroupResource resource, String name) {
        return of(409, "AlreadyExists", resource + " \"" + name + "\" already exists", details(resource, name));
    }

    /** 409: every name that was made for it is taken. */
    public static ApiException noUniqueName(GroupResource resource, String name) {
        Map<String, Object> details = details(resource, name);
        details.put("retryAfterSeconds", 1L);
        return of(
                409,
                "AlreadyExists",
                resource + " \"" + name
                        + "\" already exists, the server was not able to generate a unique name for the object",
                details);
    }

    public static ApiException conflict(GroupResource resource, String name, String why) {
        String message = "Operation cannot be fulfilled on " + resource + " \"" + name + "\": " + why;
        return of(409, "Conflict", message, details(resource, name));
    }

    /** The conflict of a stale resourceVersion. */
    public static ApiException modified(GroupResource resource, String name) {
        return conflict(
                resource,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    public static ApiException forbidden(GroupResource resource, String name, String why) {
        String subject = name.isEmpty() ? resource + " is forbidden: " : resource + " \"" + name + "\" is forbidden: ";
        return of(403, "Forbidden", subject + why, details(resource, name));
    }

    public static ApiException badRequest(String message) {
        return of(400, "BadRequest", message, Map.of());
    }

    public static ApiException unauthorized() {
        return of(401, "Unauthorized", "Unauthorized", Map.of());
    }

    public static ApiException methodNotAllowed() {
        return withEmptyDetails(
                405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }

    public static ApiException methodNotSupported(GroupResource resource, String action) {
        return of(
                405,
                "MethodNotAllowed",
                action + " is not supported on resources of kind \"" + resource + "\"",
                details(resource, ""));
    }

    /** 410 for a resource version or a continue token whose history is gone. */
    public static ApiException expired(String message) {
        return of(410, "Expired", message, Map.of());
    }

    /** 429: try again after {@code retryAfterSeconds}. */
    public static ApiException tooManyRequests(String message, long retryAfterSeconds, Map<String, Object> details) {
        Map<String, Object> all = new LinkedHashMap<>(details);
        if (retryAfterSeconds > 0) {
            all.put("retryAfterSeconds", retryAfterSeconds);
        }
        return of(429, "TooManyRequests", message, all);
    }

    /** 504: the resource version lies in the future. */
    public static ApiException tooLargeResourceVersion(long asked, long current) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("causes", list(cause("ResourceVersionTooLarge", "Too large resource version", "")));
        details.put("retryAfterSeconds", 1L);
        return of(504, "Timeout", "Timeout: Too large resource version: " + asked + ", current: " + current, details);
    }

    /** 500 as upstream gives for an error that is no Status: a message and no reason. */
    public static ApiException internal(String message) {
        return of(500, "", message, Map.of());
    }

    /** 500 with the reason InternalError. */
    public static ApiException internalError(String message) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("causes", list(cause("", message, "")));
        return of(500, "InternalError", "Internal error occurred: " + message, details);
    }

    /**
     * 422 for one or more field errors.
     *
     * @param kind the kind as {@code Kind} or {@code Kind.group}'s parts
     * @param causes made by {@link #cause}
     */
    public static ApiException invalid(String group, String kind, String name, List<Map<String, Object>> causes) {
        List<String> texts = new ArrayList<>();
        for (Map<String, Object> cause : causes) {
            String field = String.valueOf(cause.getOrDefault("field", ""));
            String text = field + ": " + cause.getOrDefault("message", "");
            if (!texts.contains(text)) {
                texts.add(text);
            }
        }
        String list = texts.size() == 1 ? texts.get(0) : "[" + String.join(", ", texts) + "]";
        String qualified = group.isEmpty() ? kind : kind + "." + group;
        Map<String, Object> details = new LinkedHashMap<>();
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!group.isEmpty()) {
            details.put("group", group);
        }
        if (!kind.isEmpty()) {
            details.put("kind", kind);
        }
        details.put("causes", new ArrayList<Object>(causes));
        return of(422, "Invalid", qualified + " \"" + name + "\" is invalid: " + list, details);
    }

    /** One cause of a status; empty parts are left out. */
    public static Map<String, Object> cause(String reason, String message, String field) {
        Map<String, Object> cause = new LinkedHashMap<>();
        if (!reason.isEmpty()) {
            cause.put("reason", reason);
        }
        cause.put("message", message);
        if (!field.isEmpty()) {
            cause.put("field", field);
        }
        return cause;
    }

    /** {@code name}, {@code group}, {@code kind} as they stand in details. */
    public static Map<String, Object> details(GroupResource resource, String name) {
        Map<String, Object> details = new LinkedHashMap<>();
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!resource.group().isEmpty()) {
            details.put("group", resource.group());
        }
        details.put("kind", resource.resource());
        return details;
    }

    public static ApiException of(int code, String reason, String message, Map<String, Object> details) {
        return new ApiException(new Status(code, reason, message, details));
    }

    private static ApiException withEmptyDetails(int code, String reason, String message) {
        return new ApiException(new Status(code, reason, message, Status.EMPTY_DETAILS));
    }

    private static List<Object> list(Object item) {
        List<Object> list = new ArrayList<>();
        list.add(item);
        return list;
    }
}
