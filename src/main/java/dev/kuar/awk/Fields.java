package dev.kuar.awk;

import java.util.ArrayList;
import java.util.List;

/** The record and its fields, each made of the other when it is asked for. */
final class Fields {
    private static final int MOST = 1 << 24;

    private final Machine machine;
    private Value whole = Value.UNSET;
    private boolean stale;
    private List<Value> parts = new ArrayList<>();
    private boolean cut = true;

    Fields(Machine machine) {
        this.machine = machine;
    }

    void set(Value record) {
        whole = record.isNumber() ? Value.of(machine.text(record)) : record;
        stale = false;
        cut = false;
    }

    Value record() {
        if (stale) {
            StringBuilder text = new StringBuilder();
            String separator = machine.special(Special.OFS);
            for (int i = 0; i < parts.size(); i++) {
                text.append(i == 0 ? "" : separator).append(machine.text(parts.get(i)));
            }
            whole = Value.input(text.toString());
            stale = false;
        }
        return whole;
    }

    /** Cuts now what is not yet cut, since the separator changes. */
    void cut() {
        if (cut) {
            return;
        }
        cut = true;
        List<Value> now = new ArrayList<>();
        boolean lines = machine.special(Special.RS).isEmpty();
        for (String part : machine.splitter().split(machine.text(whole), machine.special(Special.FS), lines)) {
            now.add(Value.input(part));
        }
        parts = now;
    }

    Value get(int index) {
        if (index == 0) {
            return record();
        }
        cut();
        return index <= parts.size() ? parts.get(index - 1) : Value.UNSET;
    }

    void set(int index, Value value) {
        if (index == 0) {
            set(value);
            return;
        }
        cut();
        grow(index);
        parts.set(index - 1, value);
        stale = true;
    }

    private void grow(int count) {
        if (count > MOST) {
            throw new AwkFailure("program limit exceeded: maximum number of fields size=" + MOST);
        }
        while (parts.size() < count) {
            parts.add(Value.UNSET);
        }
    }

    int count() {
        cut();
        return parts.size();
    }

    void setCount(int count) {
        cut();
        grow(count);
        while (parts.size() > count) {
            parts.remove(parts.size() - 1);
        }
        stale = true;
    }
}
