/** What is changed or refused before it is stored. Uses object, schema, auth. */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.admission;
