package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;

/** What the types of the kinds that a ValidatingAdmissionPolicy is about say of its expressions. */
@FunctionalInterface
public interface PolicyTypes {
    /** Knows nothing, and finds nothing wrong. */
    PolicyTypes NONE = policy -> List.of();

    /** {@code status.typeChecking.expressionWarnings}. */
    List<Map<String, Object>> warnings(KubeObject policy);
}
