/** Trees of JSON and YAML and what kubectl does with them: paths, templates, quantities, ages, tab stops. Uses nothing. */
@org.jspecify.annotations.NullMarked
package dev.kuar.kubectl.data;
