package dev.kuar.practice.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The processes that see each other, by number: those of one container, or of all containers of a pod. */
public final class PidNamespace {
    private static final Credentials PAUSE = new Credentials(65535, 65535, List.of(65535));

    private final Map<Integer, Task> tasks = new ConcurrentSkipListMap<>();
    private final AtomicInteger next = new AtomicInteger(1);
    private final boolean shared;
    private @Nullable Task first;

    private PidNamespace(boolean shared) {
        this.shared = shared;
    }

    /** One container's own: its main process is process 1. */
    public static PidNamespace own() {
        return new PidNamespace(false);
    }

    /** One of a pod: {@code /pause} is process 1, which lasts as long as the pod. */
    public static PidNamespace ofPod() {
        return new PidNamespace(true);
    }

    /** Begins with {@code /pause} where a pod has it, before the first container's processes. */
    synchronized void enter(Container container) {
        if (shared && first == null) {
            FileView files = new FileView(container.tree(), PAUSE, "/", () -> 0);
            Task pause = new Task(container, nextPid(), 0, List.of("/pause"), Map.of(), Map.of(), files);
            first = pause;
            add(pause);
        }
    }

    int nextPid() {
        return next.getAndIncrement();
    }

    void add(Task task) {
        tasks.put(task.pid(), task);
    }

    void remove(Task task) {
        tasks.remove(task.pid());
    }

    @Nullable
    Task find(int pid) {
        return tasks.get(pid);
    }

    /** In the order of their numbers. */
    List<Task> all() {
        return new ArrayList<>(tasks.values());
    }

    /** Those of one container. */
    @SuppressWarnings("ReferenceEquality") // a container is itself alone
    List<Task> of(Container container) {
        Task pause = first;
        return tasks.values().stream()
                .filter(task -> task.container() == container && task != pause)
                .toList();
    }
}
