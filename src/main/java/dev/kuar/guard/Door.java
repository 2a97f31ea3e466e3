package dev.kuar.guard;

import dev.kuar.guard.ReadOnlyRule.Verdict;

/**
 * One foreign context as the guard offers it: whose token opens it, under which path, to which cluster, and what passes.
 *
 * @param context its name in the learner's kubeconfig
 * @param shown its name in kuar's
 * @param token the bearer token that kuar's kubeconfig holds for it
 * @param path the prefix of its paths
 * @param standing adopted or read-only
 * @param uid the cluster that was adopted; empty where kube-system may not be read
 * @param plugin whether a credential plugin logs in
 * @param upstream the cluster
 */
record Door(
        String context,
        String shown,
        String token,
        String path,
        Standing standing,
        String uid,
        boolean plugin,
        Upstream upstream) {
    /** What of a request passes. An adopted context that leads to another cluster now is only read. */
    Verdict judge(RequestHead head, String target) {
        Verdict verdict = ReadOnlyRule.judge(head.method(), target, head.isUpgrade());
        boolean opens = verdict == Verdict.WRITES || verdict == Verdict.ENTERS;
        return opens && standing == Standing.ADOPTED && upstream.uid().equals(uid) ? Verdict.ALLOWED : verdict;
    }
}
