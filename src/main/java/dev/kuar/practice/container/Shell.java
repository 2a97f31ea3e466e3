package dev.kuar.practice.container;

import dev.kuar.practice.container.ShellNode.Redirect;
import dev.kuar.practice.time.ClusterClock;
import java.io.IOException;
import java.time.Duration;
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
    private final Processor.Circles circles;
    private int conditions;
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
        this.circles = task.container().processor().circles(time -> pause(clock, time));
    }

    long arithmetic(String text) throws IOException {
        return new ShellArithmetic(this, text).value();
    }

    /** Parses and runs; the exit status. */
    int run(String script, boolean last) throws IOException, InterruptedException {
        ShellNode node;
        try {
            node = ShellParser.parse(script, bash);
        } catch (ShellSyntaxError e) {
            throw new Failure(String.valueOf(e.getMessage()), 2);
        }
        return run(node, last && traps().isEmpty() && !subshell);
    }

    int run(ShellNode node, boolean last) throws IOException, InterruptedException {
        if (isStruck()) {
            status = 128 + Signal.INT;
            throw new Jump("interrupt", status);
        }
        int unused = signals.handle();
        if (node instanceof ShellNode.Arithmetic sum) {
            status = arithmetic(expansion.word(sum.text())) != 0 ? 0 : 1;
        } else if (node instanceof ShellNode.Condition condition) {
            status = new ShellCondition(this, expansion, condition.tokens()).holds() ? 0 : 1;
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
            conditions++;
            run(pair.left(), false);
            conditions--;
            if (status == 0 == pair.and()) {
                run(pair.right(), last);
            }
            return status;
        } else if (node instanceof ShellNode.Pipeline pipeline) {
            status = processes.pipeline(pipeline);
        } else if (node instanceof ShellNode.Function function) {
            functions().put(function.name(), function.body());
            status = 0;
        } else {
            compound(node);
            return status;
        }
        if (status != 0 && conditions == 0 && !(node instanceof ShellNode.Sequence)) {
            signals.act(ShellSignals.ERR);
            if (exitsOnError()) {
                throw new Jump("exit", status);
            }
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
    }

    /** What runs in the background hears no Ctrl-C. */
    void standAlone() {
        struck = new Strike();
    }

    private boolean holds(ShellNode condition) throws IOException, InterruptedException {
        conditions++;
        try {
            return run(condition, false) == 0;
        } finally {
            conditions--;
        }
    }

    private void compound(ShellNode node) throws IOException, InterruptedException {
        Map<Integer, Fd> saved = fds;
        try {
            if (node instanceof ShellNode.Group group) {
                fds = redirected(group.redirects());
                status = group.subshell() ? processes.forked(group.body(), fds) : run(group.body(), false);
            } else if (node instanceof ShellNode.If choice) {
                fds = redirected(choice.redirects());
                boolean yes = holds(choice.condition());
                run(yes ? choice.then() : choice.otherwise(), false);
            } else if (node instanceof ShellNode.Loop loop) {
                fds = redirected(loop.redirects());
                int result = 0;
                while (holds(loop.condition()) != loop.until()) {
                    if (!once(loop.body())) {
                        break;
                    }
                    result = status;
                }
                status = result;
            } else if (node instanceof ShellNode.Count loop) {
                fds = redirected(loop.redirects());
                count(loop);
            } else if (node instanceof ShellNode.For loop) {
                fds = redirected(loop.redirects());
                List<String> words = loop.all() ? positional() : expansion.words(loop.words());
                status = 0;
                for (String word : words) {
                    assign(loop.name(), word);
                    if (!once(loop.body())) {
                        break;
                    }
                }
            } else if (node instanceof ShellNode.Case choice) {
                fds = redirected(choice.redirects());
                choose(choice);
            }
        } catch (ShellRedirects.Refusal e) {
            error(where() + e.getMessage());
            status = isDash() ? 2 : 1;
        } finally {
            fds = saved;
        }
    }

    private void count(ShellNode.Count loop) throws IOException, InterruptedException {
        arithmetic(expansion.word(loop.first()));
        status = 0;
        while (loop.condition().isBlank() || arithmetic(expansion.word(loop.condition())) != 0) {
            if (!once(loop.body())) {
                break;
            }
            arithmetic(expansion.word(loop.next()));
        }
    }

    private void choose(ShellNode.Case choice) throws IOException, InterruptedException {
        String word = expansion.word(choice.word());
        status = 0;
        for (ShellNode.Arm arm : choice.arms()) {
            for (String pattern : arm.patterns()) {
                if (ShellPattern.matches(expansion.pattern(pattern), word)) {
                    run(arm.body(), false);
                    return;
                }
            }
        }
    }

    /** One turn of a loop; whether it goes on. */
    private boolean once(ShellNode body) throws IOException, InterruptedException {
        circles.turn();
        loops++;
        try {
            run(body, false);
            return true;
        } catch (Jump jump) {
            if (jump.value > 1 && (jump.kind.equals("break") || jump.kind.equals("continue"))) {
                throw new Jump(jump.kind, jump.value - 1);
            }
            if (jump.kind.equals("continue")) {
                return true;
            }
            if (jump.kind.equals("break")) {
                status = 0;
                return false;
            }
            throw jump;
        } finally {
            loops--;
        }
    }

    private int simple(ShellNode.Simple simple, boolean last) throws IOException, InterruptedException {
        List<String> words = expansion.words(bash ? calls.withoutArrays(simple.words(), expansion) : simple.words());
        if (traces() && !words.isEmpty()) {
            error("+ " + String.join(" ", words));
        }
        Map<Integer, Fd> saved = fds;
        Map<Integer, Fd> own;
        try {
            own = redirected(simple.redirects());
        } catch (ShellRedirects.Refusal e) {
            error(where() + e.getMessage());
            return calls.refused(words);
        }
        if (words.isEmpty()) {
            int before = status;
            status = 0;
            for (String assignment : simple.assignments()) {
                arrays.assign(assignment, expansion);
            }
            return simple.assignments().isEmpty() ? 0 : before == status ? status : status;
        }
        Map<String, String> extra = new LinkedHashMap<>();
        for (String assignment : simple.assignments()) {
            int equals = assignment.indexOf('=');
            extra.put(assignment.substring(0, equals), expansion.word(assignment.substring(equals + 1)));
        }
        fds = own;
        try {
            ShellNode function = functions().get(words.get(0));
            if (function != null) {
                return calls.with(extra, () -> calls.call(function, words));
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

    private Map<Integer, Fd> redirected(List<Redirect> redirects) throws IOException, InterruptedException {
        return redirects.isEmpty() ? fds : new ShellRedirects(this, expansion).apply(fds, redirects);
    }

    int external(List<String> words, Map<String, String> extra, boolean last) throws IOException, InterruptedException {
        return processes.external(words, extra, last, begun -> {});
    }

    /** What a command prints, without the newlines at its end. */
    String output(String script) throws IOException, InterruptedException {
        return processes.output(script);
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
