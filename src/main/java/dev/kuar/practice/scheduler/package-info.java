/** Gives pods a node. Uses api's client, object, time. */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.scheduler;
