package dev.kuar.practice.api;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.Status;

/** What a kubelet itself refuses; who asked for an upgrade gets its words as plain text. */
public final class NodeRefusal extends ApiException {
    private static final long serialVersionUID = 1L;

    public NodeRefusal(int code, String text) {
        super(Status.failure(code, "", text));
    }
}
