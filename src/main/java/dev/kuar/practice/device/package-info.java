/**
 * Which devices of resource slices meet claims on a node. Door: {@code DeviceAllocator}, {@code TakenDevices}. Uses object, cel.
 *
 * <p>Where Kubernetes 1.36 counts shared counters twice or constraints by request, so does this: its search ends the same way.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.device;
