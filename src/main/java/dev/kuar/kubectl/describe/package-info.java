/** One describer a kind, in the layout of kubectl describe. */
@org.jspecify.annotations.NullMarked
package dev.kuar.kubectl.describe;
