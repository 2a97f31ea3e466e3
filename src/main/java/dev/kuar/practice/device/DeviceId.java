package dev.kuar.practice.device;

import dev.kuar.practice.object.KubeObject;

/** A device by the names of its driver, its pool, and its own in there. */
public record DeviceId(String driver, String pool, String device) {
    /** Of a result of an allocation. */
    public static DeviceId of(KubeObject result) {
        return new DeviceId(result.text("driver"), result.text("pool"), result.text("device"));
    }

    @Override
    public String toString() {
        return driver + "/" + pool + "/" + device;
    }
}
