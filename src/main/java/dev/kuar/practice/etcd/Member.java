package dev.kuar.practice.etcd;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A member of the etcd cluster, with the id that etcd computes for it: the beginning of the SHA-1 over its peer URLs and
 * the cluster's token.
 */
public record Member(long id, String name, List<String> peers, List<String> clients) {
    /** Who the flags of an etcd process say that it is, first, and those it began with, in the order of their ids. */
    public static List<Member> all(List<String> server, String ip) {
        String name = flag(server, "--name", "default");
        String token = flag(server, "--initial-cluster-token", "etcd-cluster");
        String own = flag(server, "--initial-advertise-peer-urls", "https://" + ip + ":2380");
        List<String> clients = List.of(flag(server, "--advertise-client-urls", "https://" + ip + ":2379")
                .split(","));
        Map<String, List<String>> peers = new TreeMap<>();
        for (String each : flag(server, "--initial-cluster", name + "=" + own).split(",")) {
            String[] pair = each.split("=", 2);
            if (pair.length == 2) {
                peers.computeIfAbsent(pair[0], ignored -> new ArrayList<>()).add(pair[1]);
            }
        }
        peers.putIfAbsent(name, List.of(own.split(",")));
        List<Member> members = new ArrayList<>();
        peers.forEach((who, urls) -> members.add(new Member(
                id(urls, token),
                who,
                urls,
                who.equals(name)
                        ? clients
                        : urls.stream()
                                .map(url -> url.replace(":2380", ":2379"))
                                .toList())));
        members.sort(Comparator.comparing(Member::id, Long::compareUnsigned));
        return members;
    }

    /** The member whose process has these flags. */
    public static Member self(List<String> server, String ip) {
        String name = flag(server, "--name", "default");
        return all(server, ip).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String flag(List<String> words, String name, String otherwise) {
        return words.stream()
                .filter(word -> word.startsWith(name + "="))
                .map(word -> word.substring(name.length() + 1))
                .findFirst()
                .orElse(otherwise);
    }

    private static long id(List<String> urls, String token) {
        String[] sorted = urls.toArray(new String[0]);
        Arrays.sort(sorted);
        return hash((String.join("", sorted) + token).getBytes(StandardCharsets.UTF_8));
    }

    /** The id of a cluster of these members. */
    public static long cluster(List<Member> members) {
        ByteBuffer ids = ByteBuffer.allocate(8 * members.size());
        members.forEach(member -> ids.putLong(member.id()));
        return hash(ids.array());
    }

    private static long hash(byte[] bytes) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-1").digest(bytes))
                    .getLong();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this JDK has no SHA-1", missing);
        }
    }

    public String hexId() {
        return Long.toHexString(id);
    }
}
