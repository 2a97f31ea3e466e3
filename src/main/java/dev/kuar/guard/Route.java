package dev.kuar.guard;

/** The first part of the paths under which the guard offers foreign contexts: it tells the standing to who reads a kubeconfig. */
final class Route {
    static final String READ_ONLY = "read-only";
    static final String ADOPTED = "adopted";

    private Route() {}

    /**
     * The path of a context, without a slash at the end: the same in each process that guards the same cluster under that name.
     * Names are made plain; the token, not the path, says whose request it is.
     */
    static String of(Standing standing, String context, String server) {
        String word = standing == Standing.ADOPTED ? ADOPTED : READ_ONLY;
        return "/" + word + "/" + context.replaceAll("[^A-Za-z0-9._-]", "-") + "-"
                + Integer.toHexString((context + "\n" + server).hashCode());
    }
}
