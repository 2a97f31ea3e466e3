package dev.kuar.practice.container;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code etcdctl member list} and {@code etcdctl endpoint}. */
final class EtcdctlMembers {
    private EtcdctlMembers() {}

    static int member(Task task, Map<String, String> flags) throws IOException {
        String ip = task.container().network().ip();
        String name = task.container().spec().hostname();
        String id = Long.toHexString(EtcdctlTool.MEMBER);
        String row = id + ", started, " + name + ", https://" + ip + ":2380, https://" + ip + ":2379, false\n";
        if (EtcdctlTool.form(flags).equals("table")) {
            return EtcdctlTool.say(
                    task,
                    EtcdctlTables.of(
                            List.of("ID", "STATUS", "NAME", "PEER ADDRS", "CLIENT ADDRS", "IS LEARNER"),
                            List.<String[]>of(row.strip().split(", "))));
        }
        return EtcdctlTool.say(task, row);
    }

    static int endpoint(Task task, EtcdView etcd, List<String> words, Map<String, String> flags, String version)
            throws IOException {
        String at = EtcdctlTool.endpoint(flags);
        String what = words.size() > 1 ? words.get(1) : "";
        if (what.equals("health")) {
            return EtcdctlTool.form(flags).equals("table")
                    ? EtcdctlTool.say(
                            task,
                            EtcdctlTables.of(
                                    List.of("ENDPOINT", "HEALTH", "TOOK", "ERROR"),
                                    List.<String[]>of(new String[] {at, "true", "2.345678ms", ""})))
                    : EtcdctlTool.say(task, at + " is healthy: successfully committed proposal: took = 2.345678ms\n");
        }
        if (what.equals("hashkv")) {
            return EtcdctlTool.say(
                    task, at + ", " + (etcd.revision() * 2654435761L & 0xffffffffL) + ", " + etcd.revision() + "\n");
        }
        String megabytes = Math.max(1, etcd.sizeInBytes() >> 20) + ".0 MB";
        String index = Long.toString(etcd.revision() + 10);
        if (EtcdctlTool.form(flags).equals("table")) {
            return EtcdctlTool.say(
                    task,
                    EtcdctlTables.of(
                            List.of(
                                    "ENDPOINT",
                                    "ID",
                                    "VERSION",
                                    "DB SIZE",
                                    "IS LEADER",
                                    "IS LEARNER",
                                    "RAFT TERM",
                                    "RAFT INDEX",
                                    "RAFT APPLIED INDEX",
                                    "ERRORS"),
                            List.<String[]>of(new String[] {
                                at,
                                Long.toHexString(EtcdctlTool.MEMBER),
                                version,
                                megabytes,
                                "true",
                                "false",
                                "2",
                                index,
                                index,
                                ""
                            })));
        }
        return EtcdctlTool.say(
                task,
                at + ", " + Long.toHexString(EtcdctlTool.MEMBER) + ", " + version + ", " + megabytes
                        + ", true, false, 2, " + index + ", " + index + ", \n");
    }
}
