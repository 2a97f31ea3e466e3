package dev.kuar.practice.kubelet;

import dev.kuar.practice.object.KubeObject;

/** A pod as it was last seen in the API. Events and answers to requests overtake each other: what is older is no news. Thread-safe. */
final class LatestPod {
    private volatile KubeObject newest;

    LatestPod(KubeObject pod) {
        newest = pod;
    }

    KubeObject get() {
        return newest;
    }

    synchronized void see(KubeObject now) {
        if (revision(now) > revision(newest)) {
            newest = now;
        }
    }

    private static long revision(KubeObject object) {
        String text = object.resourceVersion();
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }
}
