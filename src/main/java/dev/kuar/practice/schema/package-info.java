/** What kinds there are and what their objects look like: defaults, validation, columns, OpenAPI; from data; YAML as
 * Kubernetes reads and writes it. Uses object. */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.schema;
