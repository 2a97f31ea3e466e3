/** etcd's place: keys, revisions, history, watches, durability. Door: {@code Store}. Uses nothing. */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.store;
