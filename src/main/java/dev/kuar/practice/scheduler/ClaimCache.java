package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.Informer;
import dev.kuar.practice.device.TakenDevices;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Claims of devices as the scheduler knows them: those that it wrote itself are newer than what it has heard, and devices that it
 * is about to give away are taken already. Thread-safe.
 */
final class ClaimCache {
    private final Informer claims;
    private final Map<String, KubeObject> written = new HashMap<>();
    private final Map<String, KubeObject> pending = new HashMap<>();

    ClaimCache(Informer claims) {
        this.claims = claims;
    }

    private static String key(KubeObject claim) {
        return claim.namespace() + "/" + claim.name();
    }

    /** Forgets what was written once it is heard of. */
    synchronized void changed(@Nullable KubeObject old, @Nullable KubeObject now) {
        KubeObject claim = now != null ? now : old;
        KubeObject mine = claim == null ? null : written.get(key(claim));
        if (mine != null && claim != null && (now == null || !isOlder(claim, mine))) {
            written.remove(key(claim));
        }
    }

    private static boolean isOlder(KubeObject claim, KubeObject other) {
        return claim.uid().equals(other.uid())
                && Long.parseLong(claim.resourceVersion()) < Long.parseLong(other.resourceVersion());
    }

    /** Notes what the API server answered to a change. */
    synchronized void wrote(KubeObject claim) {
        KubeObject heard = claims.find(claim.namespace(), claim.name()).orElse(null);
        if (heard == null || isOlder(heard, claim)) {
            written.put(key(claim), claim);
        }
    }

    synchronized Optional<KubeObject> find(String namespace, String name) {
        KubeObject mine = written.get(namespace + "/" + name);
        return mine != null ? Optional.of(mine) : claims.find(namespace, name);
    }

    synchronized Collection<KubeObject> all() {
        List<KubeObject> all = new ArrayList<>(written.values());
        claims.all().stream().filter(claim -> !written.containsKey(key(claim))).forEach(all::add);
        return all;
    }

    /** Takes the devices of a claim that will be written later. */
    synchronized void reserve(String uid, KubeObject allocated) {
        pending.put(uid, allocated);
    }

    synchronized void release(String uid) {
        pending.remove(uid);
    }

    synchronized boolean isPending(KubeObject claim) {
        return pending.containsKey(claim.uid());
    }

    synchronized TakenDevices taken() {
        List<KubeObject> all = new ArrayList<>(all());
        all.addAll(pending.values());
        return TakenDevices.by(all);
    }
}
