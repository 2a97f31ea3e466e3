/** Kubernetes' expression language over trees: rules of custom resources, admission policies. Door: {@code CelProgram}, {@code CustomRules}. Uses object, schema. */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.cel;
