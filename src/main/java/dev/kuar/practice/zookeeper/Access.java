package dev.kuar.practice.zookeeper;

import java.util.List;

/** Who may do what with a node. */
record Access(int permissions, String scheme, String id) {
    static final List<Access> OPEN = List.of(new Access(31, "world", "anyone"));
    static final List<Access> READ = List.of(new Access(1, "world", "anyone"));

    /** As the command line shows it. */
    String shown() {
        String all = letter(8, "d");
        all = letter(4, "c") + all + letter(1, "r") + letter(2, "w") + letter(16, "a");
        return "'" + scheme + ",'" + id + "\n: " + all;
    }

    private String letter(int bit, String letter) {
        return (permissions & bit) != 0 ? letter : "";
    }
}
