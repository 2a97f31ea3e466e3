package dev.kuar.shell.language;

import java.util.Map;

/** Prepares the variables of a child process, so that it finds the session's tools. */
@FunctionalInterface
public interface ChildVariables {
    /** A new map; the one given stays as it is. */
    Map<String, String> of(Map<String, String> variables);
}
