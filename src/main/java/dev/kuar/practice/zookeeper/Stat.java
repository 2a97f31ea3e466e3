package dev.kuar.practice.zookeeper;

/** What ZooKeeper knows of a node. */
record Stat(
        long czxid,
        long mzxid,
        long ctime,
        long mtime,
        int version,
        int cversion,
        int aversion,
        long owner,
        int length,
        int children,
        long pzxid) {
    void write(Jute.Writer out) {
        out.big(czxid)
                .big(mzxid)
                .big(ctime)
                .big(mtime)
                .number(version)
                .number(cversion)
                .number(aversion);
        out.big(owner).number(length).number(children).big(pzxid);
    }

    static Stat read(Jute.Reader in) {
        return new Stat(
                in.big(),
                in.big(),
                in.big(),
                in.big(),
                in.number(),
                in.number(),
                in.number(),
                in.big(),
                in.number(),
                in.number(),
                in.big());
    }
}
