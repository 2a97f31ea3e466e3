/** JSON, merge and strategic patches, server-side apply and managed fields. Uses object, schema. */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.patch;
