package dev.kuar.practice.zookeeper;

import java.util.List;

/**
 * A change that was agreed upon, in the order of its {@code zxid}.
 *
 * @param type as ZooKeeper numbers requests; negative for sessions, -1 for a request that failed with {@code number}
 * @param number a version, a timeout or an error, as the type wants it
 */
record Txn(
        long session,
        int cxid,
        long zxid,
        long time,
        int type,
        String path,
        byte[] data,
        List<Access> access,
        boolean ephemeral,
        int number) {
    static final int CREATE = 1;
    static final int DELETE = 2;
    static final int SET_DATA = 5;
    static final int SET_ACCESS = 7;
    static final int CREATE_SESSION = -10;
    static final int CLOSE_SESSION = -11;
    static final int ERROR = -1;

    /** Header and body as in ZooKeeper's logs. */
    byte[] bytes() {
        Jute.Writer out =
                new Jute.Writer().big(session).number(cxid).big(zxid).big(time).number(type);
        switch (type) {
            case CREATE ->
                out.text(path).buffer(data).access(access).flag(ephemeral).number(number);
            case DELETE -> out.text(path);
            case SET_DATA -> out.text(path).buffer(data).number(number);
            case SET_ACCESS -> out.text(path).access(access).number(number);
            case CREATE_SESSION, ERROR -> out.number(number);
            default -> {}
        }
        return out.bytes();
    }

    static Txn read(Jute.Reader in) {
        long session = in.big();
        int cxid = in.number();
        long zxid = in.big();
        long time = in.big();
        int type = in.number();
        String path = type > 0 ? in.text() : "";
        byte[] data = type == CREATE || type == SET_DATA ? in.buffer() : new byte[0];
        List<Access> access = type == CREATE || type == SET_ACCESS ? in.access() : List.of();
        boolean ephemeral = type == CREATE && in.flag();
        int number = type == DELETE || type == CLOSE_SESSION ? 0 : in.number();
        return new Txn(session, cxid, zxid, time, type, path, data, access, ephemeral, number);
    }
}
