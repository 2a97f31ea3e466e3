/** The built-in kubectl. Doors: {@code Kubectl}, {@code KubectlSession}. Uses kube, process, output, error and its own parts below. */
@org.jspecify.annotations.NullMarked
package dev.kuar.kubectl;
