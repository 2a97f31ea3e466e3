package dev.kuar.practice.container;

/**
 * Something on the way.
 *
 * @param root where the walk began
 * @param depth how far below that it is
 * @param follow whether links are taken for what they lead to
 */
record FindPlace(String path, String root, int depth, boolean follow) {
    String name() {
        return path.replaceFirst("(?<=.)/+$", "").replaceFirst(".*/(?=.)", "");
    }
}
