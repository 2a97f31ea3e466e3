package dev.kuar.practice.container;

/** Holds a pod's namespaces: waits until it is told to go. */
final class PauseTool implements Tool.Waiting {
    @Override
    public void begin(Task task) {
        task.handle(Signal.TERM, signal -> task.end(0));
        task.handle(Signal.INT, signal -> task.end(0));
    }
}
