package dev.kuar.tutor;

import dev.kuar.kube.ClusterView;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows the cluster that is current, for one step at a time. Not safe for several threads. */
final class Following {
    private final Surroundings around;
    private @Nullable ChangeWatch watch;
    private @Nullable ClusterView watched;

    Following(Surroundings around) {
        this.around = around;
    }

    /** Follows the kinds in the cluster that is current now; does nothing when it is followed already. */
    void start(Set<ClusterView.KindName> kinds, Runnable changed) {
        Optional<ClusterView> current = around.current().map(Surroundings.Current::view);
        if (current.isPresent() && current.get().equals(watched)) {
            return;
        }
        stop();
        if (current.isPresent() && !kinds.isEmpty()) {
            watch = new ChangeWatch(current.get(), kinds, changed);
            watched = current.get();
        }
    }

    void stop() {
        ChangeWatch old = watch;
        watch = null;
        watched = null;
        if (old != null) {
            old.close();
        }
    }
}
