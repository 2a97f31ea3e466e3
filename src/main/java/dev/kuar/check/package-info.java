/** Decides whether a goal is met, and says why not. Door: {@code Check}, {@code Verdict}. Uses kube, error. */
@org.jspecify.annotations.NullMarked
package dev.kuar.check;
