/**
 * etcdctl and etcdutl as the etcd image carries them, over the live store: every figure that they print is read or measured.
 * Doors: {@code Etcdctl}, {@code Etcdutl}; what they need of the container is {@code Host}, of the store {@code etcd.Etcd}. Uses
 * etcd, object.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.etcdctl;
