package dev.kuar.practice.etcdctl;

import dev.kuar.practice.etcd.Member;
import dev.kuar.practice.etcd.Proto;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code etcdctl member list}. */
final class Members {
    private Members() {}

    static int list(Session run) throws IOException {
        Header header = run.header(0);
        boolean hex = run.line().hex();
        switch (run.line().form()) {
            case "json":
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("header", header.json(hex));
                List<Object> members = new ArrayList<>();
                for (Member each : run.members()) {
                    Map<String, Object> member = new LinkedHashMap<>();
                    member.put("ID", Header.id(each.id(), hex));
                    member.put("name", each.name());
                    member.put("peerURLs", each.peers());
                    member.put(hex && !run.modern() ? "clientURLS" : "clientURLs", each.clients());
                    members.add(member);
                }
                tree.put("members", members);
                return run.json(tree);
            case "fields":
                StringBuilder text = new StringBuilder(
                        run.modern()
                                ? header.fields()
                                : header.fields().replace("\"RaftTerm\"", "\"Revision\" : 0\n\"RaftTerm\""));
                for (Member each : run.members()) {
                    text.append("\"ID\" : ")
                            .append(Long.toUnsignedString(each.id()))
                            .append("\n\"Name\" : \"")
                            .append(each.name())
                            .append("\"\n");
                    each.peers()
                            .forEach(url ->
                                    text.append("\"PeerURL\" : \"").append(url).append("\"\n"));
                    each.clients().forEach(url -> text.append("\"ClientURL\" : \"")
                            .append(url)
                            .append("\"\n"));
                    text.append("\"IsLearner\" : false\n\n");
                }
                return run.say(text.toString());
            case "protobuf":
                Proto message = new Proto().message(1, header.proto());
                for (Member each : run.members()) {
                    Proto member = new Proto().number(1, each.id()).text(2, each.name());
                    each.peers().forEach(url -> member.text(3, url));
                    each.clients().forEach(url -> member.text(4, url));
                    message.message(2, member.toBytes());
                }
                return run.say(message.toBytes());
            default:
                List<List<String>> rows = run.members().stream()
                        .map(each -> List.of(
                                each.hexId(),
                                "started",
                                each.name(),
                                String.join(",", each.peers()),
                                String.join(",", each.clients()),
                                "false"))
                        .toList();
                if (run.line().form().equals("table")) {
                    return run.say(
                            Grid.of(List.of("ID", "STATUS", "NAME", "PEER ADDRS", "CLIENT ADDRS", "IS LEARNER"), rows));
                }
                return run.say(Grid.lines(rows));
        }
    }
}
