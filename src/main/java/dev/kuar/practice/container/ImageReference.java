package dev.kuar.practice.container;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image, taken apart as containerd does.
 *
 * @param registry {@code docker.io} where none is named
 * @param repository with {@code library/} where Docker Hub means it
 * @param tag {@code latest} where none is named; empty with a digest
 * @param digest {@code sha256:…} or empty
 */
public record ImageReference(String registry, String repository, String tag, String digest) {
    private static final Pattern FORM = Pattern.compile(
            "([a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?::[0-9]+)?(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*)"
                    + "(?::([\\w][\\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?");

    /** Empty for what is not a name of an image. */
    public static Optional<ImageReference> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String name = matcher.group(1);
        String tag = matcher.group(2);
        String digest = matcher.group(3);
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean named = first.contains(".") || first.contains(":") || first.equals("localhost");
        if (slash < 0 && tag == null && name.contains(":")) {
            // "nginx:1234" looks like a host with a port
            tag = name.substring(name.indexOf(':') + 1);
            name = name.substring(0, name.indexOf(':'));
        }
        String registry = named ? first : "docker.io";
        String path = named ? name.substring(slash + 1) : name;
        String repository = registry.equals("docker.io") && path.indexOf('/') < 0 ? "library/" + path : path;
        return Optional.of(new ImageReference(
                registry,
                repository,
                tag == null ? digest == null ? "latest" : "" : tag,
                digest == null ? "" : digest));
    }

    /** Registry and repository. */
    public String name() {
        return registry + "/" + repository;
    }

    /** In full. */
    @Override
    public String toString() {
        return name() + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
    }

    static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
