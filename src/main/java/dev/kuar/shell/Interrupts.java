package dev.kuar.shell;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;

/** Ctrl-C while a line runs: interrupts the thread that runs it. */
final class Interrupts {
    /** What a program ends with that Ctrl-C ended. */
    private static final int STATUS = 130;

    private static final int LATEST_MILLIS = 200;

    private final Thread evaluating;
    private final Semaphore arrived = new Semaphore(0);

    private Interrupts(Thread evaluating) {
        this.evaluating = evaluating;
    }

    /** Those of the calling thread. */
    static Interrupts of(Terminal terminal) {
        Interrupts interrupts = new Interrupts(Thread.currentThread());
        terminal.handle(Terminal.Signal.INT, signal -> interrupts.arrive());
        return interrupts;
    }

    private void arrive() {
        evaluating.interrupt();
        arrived.release();
    }

    /** Forgets what came before a line. */
    void begin() {
        arrived.drainPermits();
        boolean ignored = Thread.interrupted();
    }

    /**
     * Forgets what came during a line. One Ctrl-C goes to a program and to this process, each in its time: where the program has ended
     * of it before the shell has seen it, it is waited for, lest it ends the next line.
     */
    void end(int status) {
        boolean ignored = Thread.interrupted();
        if (status == STATUS) {
            try {
                ignored |= arrived.tryAcquire(LATEST_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                ignored = true;
            }
        }
    }
}
