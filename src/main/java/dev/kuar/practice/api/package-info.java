/** The generic verbs over every kind, watches, and the in-process client. Door: {@code ApiServer}, {@code ApiClient}. Uses store, schema, patch, auth, admission, object, time. */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.api;
