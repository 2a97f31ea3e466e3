package dev.kuar.awk;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The memory of a running program: variables, the record, where it is. */
final class Machine {
    private static final int TURNS = 256;

    final AwkDialect dialect;
    final Ere.Shelf regexes;
    private final AwkHost host;
    private final Splitter splitter;
    private final Fields fields = new Fields(this);
    private @Nullable Object[] globals;
    private @Nullable Object[] frame = new Object[0];
    /** The texts of the special variables that are texts, by ordinal. */
    private final String[] texts = new String[Special.values().length];

    private int turns;
    int line = 1;

    /** A parameter that is not yet known to be a value or an array: where the caller has it. */
    private record Untold(@Nullable Object[] frame, int slot) {}

    Machine(AwkHost host, AwkDialect dialect, int variables) {
        this.host = host;
        this.dialect = dialect;
        this.regexes = new Ere.Shelf(dialect);
        this.splitter = new Splitter(regexes);
        this.globals = new Object[variables];
        Arrays.fill(texts, "");
        put(Special.NR, Value.ZERO);
        put(Special.FNR, Value.ZERO);
        put(Special.FS, Value.of(" "));
        put(Special.OFS, Value.of(" "));
        put(Special.ORS, Value.of("\n"));
        put(Special.RS, Value.of("\n"));
        put(Special.SUBSEP, Value.of("\034"));
        put(Special.CONVFMT, Value.of("%.6g"));
        put(Special.OFMT, Value.of("%.6g"));
    }

    Splitter splitter() {
        return splitter;
    }

    Fields fields() {
        return fields;
    }

    /** Once around a loop. */
    void turn() throws InterruptedException {
        if (++turns >= TURNS) {
            turns = 0;
            host.turn();
        }
    }

    void put(Special special, Value value) {
        set(globals, special.slot(), true, value);
    }

    /** The text of a special variable. */
    String special(Special special) {
        return texts[special.slot()];
    }

    double number(Special special) {
        return globals[special.slot()] instanceof Value value ? value.number() : 0;
    }

    /** As a text, which of numbers CONVFMT shapes. */
    String text(Value value) {
        return value.isNumber() ? Numbers.text(value.number(), special(Special.CONVFMT), dialect) : value.text();
    }

    /** As {@code print} shows it. */
    String shown(Value value) {
        return value.isNumber() ? Numbers.text(value.number(), special(Special.OFMT), dialect) : value.text();
    }

    Value get(Expr.Variable variable) {
        if (!variable.local() && variable.slot() == Special.NF.slot()) {
            return Value.of(fields.count());
        }
        Object held = (variable.local() ? frame : globals)[variable.slot()];
        if (held instanceof Value value) {
            return value;
        }
        if (held instanceof AwkArray && !dialect.isBusybox()) {
            throw new AwkFailure("line " + line + ": illegal reference to array " + variable.name());
        }
        return Value.UNSET;
    }

    void set(Expr.Variable variable, Value value) {
        @Nullable Object[] place = variable.local() ? frame : globals;
        if (place[variable.slot()] instanceof AwkArray) {
            throw new AwkFailure("line " + line + ": illegal reference to array " + variable.name());
        }
        set(place, variable.slot(), !variable.local(), value);
    }

    /** Sets a variable by name from outside. */
    void assign(int slot, Value value) {
        if (slot >= 0) {
            set(globals, slot, true, value);
        }
    }

    private void set(@Nullable Object[] place, int slot, boolean global, Value value) {
        if (global && slot < texts.length) {
            if (slot == Special.NF.slot()) {
                int count = (int) value.number();
                if (count < 0) {
                    throw failure("NF set to negative value", "negative value assigned to NF");
                }
                fields.setCount(count);
            } else if (slot == Special.FS.slot() || slot == Special.RS.slot()) {
                fields.cut();
            }
            texts[slot] = value.isNumber() ? Numbers.text(value.number(), "%.6g", dialect) : value.text();
        }
        place[slot] = value;
    }

    AwkArray array(Expr.Variable variable) {
        return array(variable.local() ? frame : globals, variable.slot(), variable.name());
    }

    AwkArray array(Special special) {
        return array(globals, special.slot(), special.name());
    }

    private AwkArray array(@Nullable Object[] place, int slot, String name) {
        Object held = place[slot];
        if (held instanceof AwkArray array) {
            return array;
        }
        if (held instanceof Value && !dialect.isBusybox()) {
            throw new AwkFailure("line " + line + ": illegal reference to variable " + name);
        }
        AwkArray array = held instanceof Untold untold ? array(untold.frame(), untold.slot(), name) : new AwkArray();
        place[slot] = array;
        return array;
    }

    /** Whether a variable is an array by now. */
    boolean isArray(Expr.Variable variable) {
        Object held = (variable.local() ? frame : globals)[variable.slot()];
        while (held instanceof Untold untold) {
            held = untold.frame()[untold.slot()];
        }
        return held instanceof AwkArray;
    }

    /** What a function is given where a bare name is written: the array, the value, or where it will be told. */
    Object argument(Expr.Variable variable) {
        if (!variable.local() && variable.slot() == Special.NF.slot()) {
            return get(variable);
        }
        @Nullable Object[] place = variable.local() ? frame : globals;
        Object held = place[variable.slot()];
        return held == null ? new Untold(place, variable.slot()) : held;
    }

    /** Puts a function's variables in place; those that were there. */
    @Nullable
    Object[] enter(@Nullable Object[] variables) {
        @Nullable Object[] before = frame;
        frame = variables;
        return before;
    }

    /** A fault while the program runs, in busybox's words and in mawk's. */
    AwkFailure failure(String busybox, String mawk) {
        Object name = globals[Special.FILENAME.slot()];
        return dialect.running(
                "",
                line,
                busybox,
                mawk,
                "FILENAME=\"" + (name instanceof Value value ? text(value) : "") + "\" FNR="
                        + (long) number(Special.FNR) + " NR=" + (long) number(Special.NR));
    }

    AwkFailure division(String operator, int where) {
        return dialect.division("", where, operator);
    }
}
