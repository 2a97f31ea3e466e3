package dev.kuar.tutor;

import dev.kuar.kube.ClusterView;
import dev.kuar.lesson.Change;
import dev.kuar.lesson.Course;
import dev.kuar.lesson.Lesson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the lessons of a course made on a cluster and left there: the objects that a lesson names in {@code makes}, and
 * those that its set-up labelled.
 *
 * <p>An object is known by its uid from then on: one of the same name that was made afterwards is not touched.
 */
public final class Leftovers {
    private static final Duration GOING = Duration.ofSeconds(60);
    private static final List<String[]> LABELLED = List.of(
            new String[] {"apps/v1", "Deployment"},
            new String[] {"apps/v1", "DaemonSet"},
            new String[] {"v1", "Service"},
            new String[] {"v1", "Pod"},
            new String[] {"v1", "ConfigMap"},
            new String[] {"v1", "Secret"},
            new String[] {"v1", "ServiceAccount"});

    private final Surroundings around;
    private final ClusterView view;

    /** Looks at {@code view}, which is the current cluster of {@code around}. */
    public Leftovers(Surroundings around, ClusterView view) {
        this.around = around;
        this.view = view;
    }

    /** One object that was left: a line of the receipt. */
    public record Left(Change.Target target, String uid) {}

    /** What there is now, in the order in which it can be deleted. */
    public List<Left> find(Course course) {
        Set<Left> left = new LinkedHashSet<>();
        for (Lesson lesson : course.lessons()) {
            for (Change.Target target : lesson.makes()) {
                add(target, view.get(target.apiVersion(), target.kind(), target.namespace(), target.name()), left);
            }
        }
        for (String[] kind : LABELLED) {
            for (Map<String, Object> object : view.list(kind[0], kind[1], "")) {
                if (text(object, "labels", StepRun.LESSON_LABEL).isEmpty()) {
                    continue;
                }
                add(new Change.Target(kind[0], kind[1], text(object, "namespace"), text(object, "name")), object, left);
            }
        }
        return List.copyOf(left);
    }

    /**
     * Deletes them and waits until they are gone.
     *
     * @return those that are still there after a minute, held by something
     */
    public List<Left> delete(List<Left> left) throws InterruptedException {
        left.forEach(each -> around.delete(each.target(), each.uid()));
        List<Left> held = new ArrayList<>(left);
        Waiter.until(
                () -> {
                    held.removeIf(each -> !isThere(each));
                    return held.isEmpty();
                },
                GOING);
        return List.copyOf(held);
    }

    private boolean isThere(Left left) {
        Change.Target target = left.target();
        return text(view.get(target.apiVersion(), target.kind(), target.namespace(), target.name()), "uid")
                .equals(left.uid());
    }

    private static void add(Change.Target target, Map<String, Object> object, Set<Left> left) {
        String uid = text(object, "uid");
        if (!uid.isEmpty()) {
            left.add(new Left(target, uid));
        }
    }

    /** A field of the metadata; empty when it isn't there. */
    private static String text(Map<String, Object> object, String... path) {
        Object value = object.get("metadata");
        for (String key : path) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value == null ? "" : String.valueOf(value);
    }
}
