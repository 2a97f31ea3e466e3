package dev.kuar.practice.profile;

import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Draws a profile's node templates out into nodes. */
final class NodeTemplates {
    /** A kubelet's own, where its configuration says nothing. */
    private static final Map<String, String> EVICTION_HARD =
            Map.of("memory.available", "100Mi", "nodefs.available", "10%", "imagefs.available", "15%");

    private NodeTemplates() {}

    static List<NodeSpec> nodes(KubeObject profile, String cluster, int count, String version) {
        boolean visible = profile.flag("showsControlPlane");
        List<NodeSpec> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean controlPlane = visible && i == 0;
            nodes.add(new NodeSpec(
                    node(profile, cluster, i, count, version, controlPlane),
                    controlPlane,
                    podCidr(profile, i),
                    profile.text("networkDaemon"),
                    profile.at("evictionHard") == null ? EVICTION_HARD : profile.textMap("evictionHard")));
        }
        return nodes;
    }

    private static KubeObject node(
            KubeObject profile, String cluster, int index, int count, String version, boolean controlPlane) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("cluster", cluster);
        values.put("version", version);
        values.putAll(Versions.of(version).with(Map.of()));
        values.put("ip", address(profile, index));
        values.put("dashedIp", address(profile, index).replace('.', '-'));
        values.put("index", String.valueOf(index));
        values.put("number", index < 2 ? "" : String.valueOf(index));
        values.put("ordinal", index < 1 ? "" : String.format("-m%02d", index + 1));
        values.put("hex8", hex(cluster).substring(0, 8));
        values.put("digits8", String.valueOf(10_000_000 + Math.floorMod(cluster.hashCode(), 90_000_000)));
        values.put("short", letters(cluster + index));
        values.put("vm", String.format("%06d", index));
        values.put("machineId", hex(cluster + "/" + index));
        values.put("systemUuid", dashed(hex(cluster + "/" + index)));
        values.put("bootId", dashed(hex(cluster + "/boot")));
        values.put("zone", zone(profile, index));
        String names = controlPlane ? "controlPlane" : "worker";
        if (count == 1 && !profile.text("nodeNames", "only").isEmpty()) {
            names = "only";
        }
        values.put("node", ProfileData.fill(profile.text("nodeNames", names), values));
        values.put("instance", hex("i" + cluster + index).substring(0, 17));

        @SuppressWarnings("unchecked")
        KubeObject node =
                KubeObject.of((Map<String, Object>) ProfileData.fill(ProfileData.map("common/node.json"), values));
        overlay(node.tree(), ProfileData.fill(profile.map("node"), values));
        overlay(node.tree(), ProfileData.fill(profile.map(controlPlane ? "controlPlaneNode" : "workerNode"), values));
        if (count == 1) {
            overlay(node.tree(), ProfileData.fill(profile.map("onlyNode"), values));
        }
        return node;
    }

    /** Maps are merged; an empty list removes; all else replaces. */
    @SuppressWarnings("unchecked")
    private static void overlay(Map<String, Object> under, Object over) {
        ((Map<String, Object>) over).forEach((key, value) -> {
            if (value instanceof Map && under.get(key) instanceof Map<?, ?> below) {
                overlay((Map<String, Object>) below, value);
            } else if (value instanceof List<?> list && list.isEmpty()) {
                under.remove(key);
            } else {
                under.put(key, value);
            }
        });
    }

    private static String address(KubeObject profile, int index) {
        String base = profile.text("network", "nodes");
        int dot = base.lastIndexOf('.');
        return base.substring(0, dot + 1) + (Integer.parseInt(base.substring(dot + 1)) + index);
    }

    /** Ranges of 256 addresses each, counted on from the profile's first. */
    private static String podCidr(KubeObject profile, int index) {
        String base = profile.text("network", "pods");
        if (base.isEmpty()) {
            return "";
        }
        String[] parts = base.split("\\.", -1);
        return parts[0] + "." + (Integer.parseInt(parts[1]) + index / 256) + "." + index % 256 + ".0/24";
    }

    private static String zone(KubeObject profile, int index) {
        List<String> zones = profile.texts("zones");
        return zones.isEmpty() ? "" : zones.get(index % zones.size());
    }

    /** 32 hex digits that are always the same for the same seed, so that a cluster that is opened again has its ids. */
    private static String hex(String seed) {
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }

    private static String dashed(String hex) {
        return hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-"
                + hex.substring(16, 20) + "-" + hex.substring(20);
    }

    private static String letters(String seed) {
        String alphabet = "bcdfghjklmnpqrstvwxz2456789";
        String hex = hex(seed);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            out.append(alphabet.charAt(Integer.parseInt(hex.substring(i * 2, i * 2 + 2), 16) % alphabet.length()));
        }
        return out.toString();
    }
}
