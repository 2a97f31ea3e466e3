package dev.kuar.shell.language;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What lines change and later lines see: folder, variables, aliases, jobs, the last exit code.
 *
 * <p>One thread at a time evaluates in it; background jobs and {@code $(…)} get a {@link #copy}.
 */
public final class Session {
    private final Map<String, String> variables;
    private final Set<String> exported;
    private final Map<String, String> aliases;
    private final Jobs jobs;
    private final List<String> history;
    private Path directory;
    private int lastStatus;

    /** A session that begins with the variables of a process, all exported. */
    public Session(Map<String, String> environment, Path directory) {
        this(
                new HashMap<>(environment),
                new HashSet<>(environment.keySet()),
                new TreeMap<>(Map.of("k", "kubectl")),
                new Jobs(),
                new ArrayList<>(),
                directory);
    }

    private Session(
            Map<String, String> variables,
            Set<String> exported,
            Map<String, String> aliases,
            Jobs jobs,
            List<String> history,
            Path directory) {
        this.variables = variables;
        this.exported = exported;
        this.aliases = aliases;
        this.jobs = jobs;
        this.history = history;
        this.directory = directory;
    }

    /** A session of its own that begins as this one is; jobs are shared. */
    public Session copy() {
        Session copy = new Session(
                new HashMap<>(variables), new HashSet<>(exported), new TreeMap<>(aliases), jobs, history, directory);
        copy.lastStatus = lastStatus;
        return copy;
    }

    /** The value of a variable, empty where it is not set; {@code ?} is the last exit code, {@code $} the process. */
    public String variable(String name) {
        return switch (name) {
            case "?" -> String.valueOf(lastStatus);
            case "$" -> String.valueOf(ProcessHandle.current().pid());
            default -> variables.getOrDefault(name, "");
        };
    }

    public void assign(String name, String value) {
        variables.put(name, value);
    }

    public void export(String name) {
        exported.add(name);
    }

    public void unset(String name) {
        variables.remove(name);
        exported.remove(name);
    }

    /** The exported variables: a private copy. */
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        for (String name : exported) {
            String value = variables.get(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        return environment;
    }

    /** Live: name to the text that stands for it. */
    public Map<String, String> aliases() {
        return aliases;
    }

    public Jobs jobs() {
        return jobs;
    }

    /** Live: the lines of this session, oldest first, secrets left out. */
    public List<String> history() {
        return history;
    }

    public Path directory() {
        return directory;
    }

    /** Changes the folder; {@code PWD} follows. */
    public void enter(Path folder) {
        assign("OLDPWD", directory.toString());
        directory = folder.toAbsolutePath().normalize();
        assign("PWD", directory.toString());
    }

    public int lastStatus() {
        return lastStatus;
    }

    void lastStatus(int status) {
        lastStatus = status;
    }
}
