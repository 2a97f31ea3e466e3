package dev.kuar.practice.container;

import dev.kuar.practice.container.ShellNode.Redirect;
import dev.kuar.practice.time.ClusterClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs scripts as ash does, or bash where that is its name, on the thread of its task. */
final class Shell extends ShellState {
    final ShellSignals signals = new ShellSignals(this);
    final ShellJobs jobs = new ShellJobs(this);
    final ShellHistory history = new ShellHistory(this);
    private final ShellExpansion expansion = new ShellExpansion(this);
    private final ShellBuiltins builtins = new ShellBuiltins(this);
    private final ShellProcesses processes = new ShellProcesses(this);
    final ShellArrays arrays = new ShellArrays(this);
    private final ShellCalls calls = new ShellCalls(this);
    final ShellScopes scopes = new ShellScopes(this);
    private final ShellFlow flow;
    private final ShellFeeds feeds = new ShellFeeds(this, processes);
    private int conditions;
    /** How deep it is in command substitutions. */
    int depth;
    /** The status of the last command substitution of the command that runs; negative for none. */
    int substituted;

    boolean subshell;
    /** How many scripts that {@code .} reads are being run. */
    int sources;
    /** How many loops of the running function are around. */
    int loops;

    /** Whether Ctrl-C was typed while this line runs; shared with the subshells and pipelines of the line. */
    private Strike struck = new Strike();

    Shell(Task task) {
        super(task);
        this.bash = task.name().equals("bash");
        ClusterClock clock = task.container().clock();
        this.flow = new ShellFlow(this, expansion, task.container().processor().circles(time -> pause(clock, time)));
    }

    long arithmetic(String text) throws IOException {
        return new ShellArithmetic(this, text).value();
    }

    boolean isSubshell() {
        return subshell;
    }

    /** The names of all variables. */
    List<String> names() {
        List<String> names = new ArrayList<>(variables().keySet());
        names.addAll(task().env().keySet());
        names.addAll(arrays.names());
        return names;
    }

    /** Parses and runs; the exit status. */
    int run(String script, boolean last) throws IOException, InterruptedException {
        return new ShellScript(this, ShellScript.Origin.EVAL).run(script, last);
    }

    int run(ShellNode node, boolean last) throws IOException, InterruptedException {
        if (isStruck()) {
            status = 128 + Signal.INT;
            throw new Jump("interrupt", status);
        }
        int unused = signals.handle();
        if (node instanceof ShellNode.Compound compound) {
            flow.run(compound);
            if (!(node instanceof ShellNode.Arithmetic || node instanceof ShellNode.Condition)) {
                return status;
            }
        } else if (node instanceof ShellNode.Simple simple) {
            line = from + simple.line() - 1;
            status = simple(simple, last);
        } else if (node instanceof ShellNode.Sequence sequence) {
            if (sequence.items().isEmpty()) {
                status = 0;
            }
            for (int i = 0; i < sequence.items().size(); i++) {
                ShellNode.Item item = sequence.items().get(i);
                if (item.background()) {
                    processes.background(item.node());
                } else {
                    run(item.node(), last && i == sequence.items().size() - 1);
                }
            }
        } else if (node instanceof ShellNode.AndOr pair) {
            asCondition(pair.left());
            if (status == 0 == pair.and()) {
                run(pair.right(), last);
            }
            return status;
        } else if (node instanceof ShellNode.Pipeline pipeline) {
            status = processes.pipeline(pipeline);
        } else if (node instanceof ShellNode.Function function) {
            functions().put(function.name(), function.body());
            status = 0;
        }
        boolean negated = node instanceof ShellNode.Pipeline pipeline && pipeline.negated();
        if (!(node instanceof ShellNode.Sequence) && !negated) {
            exitOnFailure();
        }
        return status;
    }

    private void pause(ClusterClock clock, Duration time) throws InterruptedException {
        long seen = struck.nudges();
        if (signals.isQuiet()) {
            struck.sleep(clock, time, seen);
        }
    }

    /** Ctrl-C: the line that runs ends, between two commands at the latest. */
    void strike() {
        struck.set();
    }

    boolean isStruck() {
        return struck.isSet();
    }

    /** A new line begins at the prompt. */
    void begin() {
        struck.clear();
        conditions = 0;
    }

    /** Ends with the line of {@code whole}, which this is a part of. */
    void isPartOf(Shell whole) {
        struck = whole.struck;
        conditions = whole.conditions;
        depth = whole.depth;
    }

    /** What runs in the background hears no Ctrl-C. */
    void standAlone() {
        struck = new Strike();
    }

    /** Runs a command whose failure is no reason to exit. */
    int asCondition(ShellNode node) throws IOException, InterruptedException {
        conditions++;
        try {
            return run(node, false);
        } finally {
            conditions--;
        }
    }

    void exitOnFailure() throws IOException, InterruptedException {
        if (status != 0 && conditions == 0) {
            signals.act(ShellSignals.ERR);
            if (exitsOnError()) {
                throw new Jump("exit", status);
            }
        }
    }

    /** Runs a command in a shell of its own. */
    int forked(ShellNode body) throws IOException, InterruptedException {
        return processes.forked(body, fds);
    }

    private int simple(ShellNode.Simple simple, boolean last) throws IOException, InterruptedException {
        substituted = -1;
        List<String> words = expansion.words(bash ? calls.withoutArrays(simple.words(), expansion) : simple.words());
        try {
            return simple(simple, words, last && !feeds.any());
        } finally {
            feeds.flush();
        }
    }

    private int simple(ShellNode.Simple simple, List<String> words, boolean last)
            throws IOException, InterruptedException {
        Map<Integer, Fd> saved = fds;
        Map<Integer, Fd> own;
        try {
            own = redirected(simple.redirects());
        } catch (ShellRedirects.Refusal e) {
            error(where() + e.getMessage());
            return calls.refused(words);
        }
        if (words.isEmpty()) {
            assignAll(simple.assignments());
            return Math.max(0, substituted);
        }
        Map<String, String> extra = new LinkedHashMap<>();
        for (String assignment : simple.assignments()) {
            int equals = assignment.indexOf('=');
            extra.put(assignment.substring(0, equals), expansion.value(assignment.substring(equals + 1)));
        }
        ShellTrace.show(this, extra, words);
        fds = own;
        try {
            ShellNode function = functions().get(words.get(0));
            if (function != null) {
                return calls.function(function, words, extra);
            }
            Integer code = calls.builtin(builtins, words, extra);
            if (code != null) {
                if (words.get(0).equals("exec") && words.size() == 1) {
                    saved = own;
                }
                return code;
            }
            return external(words, extra, last && own.equals(task().fds()));
        } finally {
            fds = saved;
            if (!own.equals(saved)) {
                closeNew(own, saved);
            }
        }
    }

    @Override
    void remove(String key) {
        super.remove(key);
        arrays.remove(key);
    }

    private void assignAll(List<String> assignments) throws IOException, InterruptedException {
        for (String assignment : assignments) {
            arrays.assign(assignment, expansion);
            String key = assignment.substring(0, assignment.indexOf('='));
            boolean plain = key.matches("\\w+") && !assignment.startsWith(key + "=(");
            if (bash) {
                ShellTrace.show(
                        this, plain ? Map.of(key, variable(key)) : Map.of(), plain ? List.of() : List.of(assignment));
            }
        }
        if (!bash) {
            Map<String, String> all = new LinkedHashMap<>();
            for (String assignment : assignments) {
                String key = assignment.substring(0, assignment.indexOf('='));
                all.put(key, variable(key));
            }
            ShellTrace.show(this, all, List.of());
        }
    }

    @Override
    @Nullable
    String arrayFirst(String key) {
        return bash ? arrays.first(key) : null;
    }

    @Override
    void assign(String key, String value) throws Failure {
        if (!arrays.assignFirst(key, value)) {
            super.assign(key, value);
        }
    }

    @SuppressWarnings("ReferenceEquality") // NULL is one object
    private static void closeNew(Map<Integer, Fd> own, Map<Integer, Fd> before) throws IOException {
        for (Fd fd : own.values()) {
            if (!before.containsValue(fd) && fd != Fd.NULL) {
                fd.close();
            }
        }
    }

    Map<Integer, Fd> redirected(List<Redirect> redirects) throws IOException, InterruptedException {
        return redirects.isEmpty() ? fds : new ShellRedirects(this, expansion).apply(fds, redirects);
    }

    int external(List<String> words, Map<String, String> extra, boolean last) throws IOException, InterruptedException {
        return processes.external(words, extra, last, begun -> {});
    }

    /** What a command prints, without the newlines at its end. */
    String output(String script) throws IOException, InterruptedException {
        int before = status;
        depth++;
        try {
            return processes.output(script);
        } finally {
            depth--;
            substituted = status;
            status = bash ? status : before;
        }
    }

    ShellFeeds feeds() {
        return feeds;
    }

    ShellLookup lookup() {
        return builtins.lookup();
    }

    /** A signal came: a loop that pauses looks at it at once. */
    void nudge() {
        struck.nudge();
    }

    int loops() {
        return loops;
    }
}
