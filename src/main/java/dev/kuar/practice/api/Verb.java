package dev.kuar.practice.api;

/** What a request does, by the words of RBAC. */
public enum Verb {
    GET,
    LIST,
    WATCH,
    CREATE,
    UPDATE,
    PATCH,
    DELETE,
    DELETECOLLECTION;

    /** As it stands in rules and in refusals: lower case. */
    public String word() {
        return switch (this) {
            case GET -> "get";
            case LIST -> "list";
            case WATCH -> "watch";
            case CREATE -> "create";
            case UPDATE -> "update";
            case PATCH -> "patch";
            case DELETE -> "delete";
            case DELETECOLLECTION -> "deletecollection";
        };
    }
}
