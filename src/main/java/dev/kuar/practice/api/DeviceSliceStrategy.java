package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Resource slices: a taint of a device begins when it is written, where it does not say when. */
final class DeviceSliceStrategy implements Strategy {
    @Override
    public void prepareCreate(Write write) {
        for (Map<String, Object> device : write.object().maps("spec", "devices")) {
            for (Map<String, Object> taint : KubeObject.of(device).maps("taints")) {
                taint.putIfAbsent(
                        "timeAdded", write.now().truncatedTo(ChronoUnit.SECONDS).toString());
            }
        }
    }

    @Override
    public void prepareUpdate(Write write) {
        prepareCreate(write);
    }
}
