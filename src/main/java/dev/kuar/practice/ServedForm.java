package dev.kuar.practice;

import dev.kuar.practice.api.EtcdView;
import dev.kuar.practice.etcd.StoredForm;

/** Values of the store as an API server writes and reads them. */
record ServedForm(EtcdView view) implements StoredForm {
    @Override
    public byte[] shown(byte[] kept) {
        return view.stored(kept);
    }

    @Override
    public byte[] kept(String key, byte[] value, long revision) {
        return view.kept(key, value, revision);
    }
}
