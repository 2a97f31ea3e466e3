package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;

/** Makes the tokens that Secrets hold. */
@FunctionalInterface
public interface TokenMaker {
    /** A token of the account that is good while the Secret holds it. */
    String token(KubeObject account, KubeObject secret);
}
