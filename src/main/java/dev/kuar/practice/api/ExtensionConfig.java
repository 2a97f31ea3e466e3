package dev.kuar.practice.api;

import dev.kuar.practice.admission.Admission;
import dev.kuar.practice.auth.Authorizer;
import dev.kuar.practice.auth.Credentials;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.ClusterReader;
import java.util.List;
import java.util.function.Function;

/**
 * What sets an extension API server apart: others say who its clients are and what they may.
 *
 * @param authenticator says who shows credentials, or refuses them with 401
 * @param authorizer says what they may
 * @param admission makes the plugins, given what reads the server's own objects
 * @param rules of its kinds
 * @param storage refuses, with an {@code ApiException}, while there is nowhere to keep objects
 */
public record ExtensionConfig(
        Function<Credentials, UserInfo> authenticator,
        Authorizer authorizer,
        Function<ClusterReader, List<Admission>> admission,
        ObjectRules rules,
        Runnable storage) {}
