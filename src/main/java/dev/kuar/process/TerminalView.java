package dev.kuar.process;

import java.util.Optional;

/**
 * What a program may know of the terminal: like isatty(3) and TIOCGWINSZ.
 *
 * <p>Values are read when asked, so a resize while a program runs is seen.
 */
public interface TerminalView {
    /** No terminal at all: a pipe, a file, a test. */
    TerminalView NONE = new TerminalView() {
        @Override
        public boolean inputIsTerminal() {
            return false;
        }

        @Override
        public boolean outputIsTerminal() {
            return false;
        }

        @Override
        public int columns() {
            return 80;
        }

        @Override
        public int rows() {
            return 24;
        }

        @Override
        public boolean color() {
            return false;
        }

        @Override
        public RawInput enterRawMode() {
            return () -> {};
        }

        @Override
        public AutoCloseable onResize(Runnable listener) {
            return () -> {};
        }
    };

    boolean inputIsTerminal();

    boolean outputIsTerminal();

    /** Whether standard error is a terminal. */
    default boolean errorIsTerminal() {
        return outputIsTerminal();
    }

    /** Whether the terminal is this process's own, so that a child process may inherit it. */
    default boolean ofProcess() {
        return false;
    }

    /** Where the streams are another process's: what runs programs there. */
    default Optional<Outpost> outpost() {
        return Optional.empty();
    }

    int columns();

    int rows();

    /** Whether colour is wanted: a terminal, no NO_COLOR, no TERM=dumb, no {@code --linear}. */
    boolean color();

    /** Hands keys through unchanged (for {@code exec -it}) until the result is closed. */
    RawInput enterRawMode();

    /** Calls {@code listener} after each resize until the result is closed. */
    AutoCloseable onResize(Runnable listener);

    /** The time in which input is raw. */
    interface RawInput extends AutoCloseable {
        @Override
        void close();
    }
}
