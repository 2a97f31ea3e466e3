/** What kinds there are and what their objects look like: defaults, validation, columns, OpenAPI; from data. Uses object. */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.schema;
