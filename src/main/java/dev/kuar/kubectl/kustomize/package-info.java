/** Builds a kustomization: resources, names, labels, images, patches, generators. */
@org.jspecify.annotations.NullMarked
package dev.kuar.kubectl.kustomize;
