package dev.kuar.practice.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code /version} says: the version of the cluster, as a release build of it describes itself. */
final class VersionInfo {
    private VersionInfo() {}

    /** @param version with its v: {@code v1.36.2}, {@code v1.33.1-gke.1000} */
    static Map<String, Object> of(String version) {
        String[] numbers = version.substring(version.startsWith("v") ? 1 : 0).split("[.+-]", -1);
        String major = numbers[0];
        String minor = numbers.length > 1 ? numbers[1] : "0";
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("major", major);
        tree.put("minor", minor);
        int number = number(minor);
        if (number >= 34) {
            tree.put("emulationMajor", major);
            tree.put("emulationMinor", minor);
            tree.put("minCompatibilityMajor", major);
            tree.put("minCompatibilityMinor", String.valueOf(number - 1));
        }
        tree.put("gitVersion", version);
        tree.put("gitCommit", commit(version));
        tree.put("gitTreeState", "clean");
        tree.put("buildDate", "2026-06-09T18:22:14Z");
        tree.put("goVersion", number >= 36 ? "go1.26.10" : number >= 34 ? "go1.24.6" : "go1.23.6");
        tree.put("compiler", "gc");
        tree.put("platform", "linux/" + (System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64"));
        return tree;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    /** Nobody built this server from a commit: forty digits that are always the same for a version. */
    private static String commit(String version) {
        StringBuilder digits = new StringBuilder();
        long state = 0x9e3779b97f4a7c15L ^ version.hashCode();
        while (digits.length() < 40) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            digits.append(Character.forDigit((int) (state >>> 60), 16));
        }
        return digits.toString();
    }
}
