package dev.kuar.practice.etcd;

/** How a value of the store looks to etcd's clients, and how one of theirs is kept. */
public interface StoredForm {
    /** Values as they are. */
    StoredForm PLAIN = new StoredForm() {
        @Override
        public byte[] shown(byte[] kept) {
            return kept;
        }

        @Override
        public byte[] kept(String key, byte[] value, long revision) {
            return value;
        }
    };

    byte[] shown(byte[] kept);

    /** @param revision that the write will have; must be fast and throw nothing */
    byte[] kept(String key, byte[] value, long revision);
}
