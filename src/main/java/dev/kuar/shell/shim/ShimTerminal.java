package dev.kuar.shell.shim;

import dev.kuar.process.Outpost;
import dev.kuar.process.TerminalView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The terminal of a process that called: its script sets it to raw and back, and tells of its size. */
final class ShimTerminal implements TerminalView {
    private final ShimRequest request;
    private final Orders orders;
    private final Outpost outpost;
    private final List<Runnable> resizeListeners = new CopyOnWriteArrayList<>();
    private volatile int rows;
    private volatile int columns;

    ShimTerminal(ShimRequest request, Orders orders, Outpost outpost) {
        this.request = request;
        this.orders = orders;
        this.outpost = outpost;
        this.rows = NONE.rows();
        this.columns = NONE.columns();
        size(request.size());
    }

    /** Takes a new size: rows and columns; what is none is left out. */
    void size(String text) {
        String[] numbers = text.strip().split(" ");
        if (numbers.length == 2 && text.strip().matches("[1-9]\\d{0,3} [1-9]\\d{0,3}")) {
            rows = Integer.parseInt(numbers[0]);
            columns = Integer.parseInt(numbers[1]);
            resizeListeners.forEach(Runnable::run);
        }
    }

    @Override
    public boolean inputIsTerminal() {
        return request.has('i');
    }

    @Override
    public boolean outputIsTerminal() {
        return request.has('o');
    }

    @Override
    public boolean errorIsTerminal() {
        return request.has('e');
    }

    @Override
    public Optional<Outpost> outpost() {
        return Optional.of(outpost);
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public boolean color() {
        return outputIsTerminal()
                && request.variables().getOrDefault("NO_COLOR", "").isEmpty()
                && !request.variables().getOrDefault("TERM", "dumb").equals("dumb")
                && request.variables().getOrDefault("KUAR_LINEAR", "").isEmpty();
    }

    @Override
    public RawInput enterRawMode() {
        if (!inputIsTerminal()) {
            return () -> {};
        }
        orders.give("raw");
        return () -> orders.give("cooked");
    }

    @Override
    public AutoCloseable onResize(Runnable listener) {
        resizeListeners.add(listener);
        return () -> resizeListeners.remove(listener);
    }
}
