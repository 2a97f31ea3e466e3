/** Who asks, and what they may: certificates, tokens, RBAC. Uses object. */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.auth;
