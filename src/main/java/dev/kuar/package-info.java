/** kuar: an interactive learning shell for Kubernetes. {@link dev.kuar.Main} wires what the packages below offer. */
@org.jspecify.annotations.NullMarked
package dev.kuar;
