package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.patch.StrategicMerge;
import java.util.Map;

/** Sends a change of an object as a patch, or makes it here for a dry run of the client. */
final class LocalChange {
    private LocalChange() {}

    /** The object as it is afterwards. */
    static Info apply(Run run, Results results, Info info, Map<String, Object> patch) {
        if (results.dryClient()) {
            Tree changed = info.object().copy();
            StrategicMerge.apply(changed, new Tree(patch).copy());
            return info.with(changed);
        }
        return info.with(PatchCommand.send(run, results, info, "", PatchCommand.mediaFor(info), patch));
    }
}
