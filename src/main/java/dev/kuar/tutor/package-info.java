/** Walks a learner, {@code --auto} or a proof through the steps. Door: {@code Tutor}. Uses lesson, check, progress, cluster, kube, error. */
@org.jspecify.annotations.NullMarked
package dev.kuar.tutor;
