package dev.kuar.practice.container;

import java.util.function.Supplier;

/**
 * Something mounted over a path.
 *
 * @param path absolute, without a slash at its end
 * @param root what stands there now; asked at every use, so that volumes of ConfigMaps change under one's hands
 * @param type as in /proc/mounts: {@code tmpfs}, {@code ext4}
 */
record Mount(String path, Supplier<Inode> root, boolean readOnly, String type) {}
