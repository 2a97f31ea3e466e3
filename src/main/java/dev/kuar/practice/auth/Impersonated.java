package dev.kuar.practice.auth;

/**
 * Whom a request acts as.
 *
 * @param constraint the verb that allowed it, for instance {@code impersonate:user-info}; empty for the old one, which allows
 *     everything
 */
public record Impersonated(UserInfo user, String constraint) {}
