package dev.kuar.practice.container;

import java.util.Map;

/** Which version a program of an image is: its tag where that is one in full, else what the image's data say of the tag. */
final class Versions {
    private Versions() {}

    static String of(Task task) {
        String tag = new Template(task).fill("${tag}").replaceFirst("^v", "");
        String plain = tag.replaceFirst("-.*$", "");
        Map<String, String> known = task.container().spec().image().servers().values().stream()
                .map(server -> server.textMap("versions"))
                .filter(versions -> !versions.isEmpty())
                .findFirst()
                .orElse(Map.of());
        String found = known.get(plain);
        if (found == null && plain.matches("\\d+\\.\\d+(\\.\\d+)?")) {
            return plain;
        }
        return found != null ? found : known.getOrDefault("latest", "1.0.0");
    }
}
