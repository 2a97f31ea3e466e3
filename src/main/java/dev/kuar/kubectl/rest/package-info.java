/** Kubeconfig, connections and discovery: everything between kubectl's commands and an API server. Door: {@code RestClient}. */
@org.jspecify.annotations.NullMarked
package dev.kuar.kubectl.rest;
