/** The other tools of the book, real or stand-in. Door: {@code Toolbox}. Uses process, practice, kube, kubectl, kubectl.data, output, error. */
@org.jspecify.annotations.NullMarked
package dev.kuar.tool;
