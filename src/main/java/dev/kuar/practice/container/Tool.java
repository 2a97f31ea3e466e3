package dev.kuar.practice.container;

import java.io.IOException;

/** A program of an image. {@code args} of the task begin with the name that it was called by. */
@FunctionalInterface
interface Tool {
    /** Does all its work on the calling thread and says the exit code. */
    int run(Task task) throws IOException, InterruptedException;

    /** A program that mostly waits: it sets itself up, returns, and ends its task later by {@link Task#end}. */
    @FunctionalInterface
    interface Waiting extends Tool {
        void begin(Task task) throws IOException;

        @Override
        default int run(Task task) throws IOException, InterruptedException {
            begin(task);
            return task.await();
        }
    }
}
