/**
 * The shapes that practice clusters come in, as data: kind, kubeadm, minikube, docker-desktop, gke, aks, eks. Door: {@code Profile}.
 * Uses object, time, auth, api.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.profile;
