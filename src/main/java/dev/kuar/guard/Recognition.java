package dev.kuar.guard;

import dev.kuar.error.UserException;
import dev.kuar.process.KuarHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells the standing of a cluster from a kubeconfig's entry alone: its server and its authority. Nothing is asked of the network.
 *
 * <p>A practice cluster is one whose port and whose authority are those of a cluster in this KUAR_HOME: another server that came to
 * listen on the same port has another authority. Files are read by their lines, for the prompt's sake.
 */
public final class Recognition {
    private static final Pattern GUARDED =
            Pattern.compile("https://127\\.0\\.0\\.1:\\d+/(" + Route.READ_ONLY + "|" + Route.ADOPTED + ")/.*");
    private static final Pattern LOOPBACK = Pattern.compile("https://(?:127\\.0\\.0\\.1|localhost):(\\d{1,5})/?");
    private static final Pattern PORT = Pattern.compile("\"port\"\\s*:\\s*(\\d+)");

    private final KuarHome home;

    public Recognition(KuarHome home) {
        this.home = home;
    }

    /**
     * What {@code server} is.
     *
     * @param authority {@code certificate-authority-data} of the entry, else the file that {@code certificate-authority} names
     */
    public Standing of(String server, String authority) {
        return ofPem(server, pem(authority));
    }

    /** The same with the authority's certificates as text. */
    Standing ofPem(String server, String pem) {
        Matcher guarded = GUARDED.matcher(server);
        if (guarded.matches()) {
            return guarded.group(1).equals(Route.ADOPTED) ? Standing.ADOPTED : Standing.READ_ONLY;
        }
        if (isPractice(server, pem)) {
            return Standing.PRACTICE;
        }
        try {
            return new TrustBook(home.configuration()).hasCreated(server, pem) ? Standing.CREATED : Standing.READ_ONLY;
        } catch (UserException damaged) {
            // Not recognised is the safe answer: such a cluster is only read.
            return Standing.READ_ONLY;
        }
    }

    /** Whether the entry is one that the guard wrote. */
    public static boolean isGuarded(String server) {
        return GUARDED.matcher(server).matches();
    }

    private boolean isPractice(String server, String pem) {
        Matcher loopback = LOOPBACK.matcher(server);
        if (!loopback.matches() || pem.isBlank()) {
            return false;
        }
        String port = loopback.group(1);
        if (sameText(home.serving().resolve(port), pem)) {
            return true;
        }
        for (Path folder : folders(home.clusters())) {
            Matcher recorded = PORT.matcher(read(folder.resolve("cluster.json")));
            if (recorded.find()
                    && recorded.group(1).equals(port)
                    && sameText(folder.resolve("pki").resolve("ca.crt"), pem)) {
                return true;
            }
        }
        return false;
    }

    private static boolean sameText(Path file, String text) {
        return !text.isBlank() && read(file).strip().equals(text.strip());
    }

    /** The certificates that an entry's authority means; empty for none that can be read. */
    static String pem(String authority) {
        if (authority.startsWith("/")) {
            return read(Path.of(authority));
        }
        try {
            return new String(Base64.getDecoder().decode(authority), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException neither) {
            return "";
        }
    }

    private static List<Path> folders(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(parent)) {
            return all.toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static String read(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        } catch (IOException unreadable) {
            // Not recognised is the safe answer: such a cluster is only read.
            return "";
        }
    }
}
