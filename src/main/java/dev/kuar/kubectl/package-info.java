/** The built-in kubectl. Door: {@code Kubectl}. Uses kube, process, output, error. */
@org.jspecify.annotations.NullMarked
package dev.kuar.kubectl;
