package dev.kuar.practice.zookeeper;

import java.util.List;

/**
 * A change that somebody asks for.
 *
 * @param origin the server whose client asks, and {@code number} by which it knows the answer
 * @param version the version that is expected, or a timeout, or the flags of a create
 */
record Request(
        int origin,
        long number,
        long session,
        int cxid,
        int type,
        String path,
        byte[] data,
        List<Access> access,
        int version) {
    byte[] bytes() {
        return new Jute.Writer()
                .number(origin)
                .big(number)
                .big(session)
                .number(cxid)
                .number(type)
                .text(path)
                .buffer(data)
                .access(access)
                .number(version)
                .bytes();
    }

    static Request read(Jute.Reader in) {
        return new Request(
                in.number(),
                in.big(),
                in.big(),
                in.number(),
                in.number(),
                in.text(),
                in.buffer(),
                in.access(),
                in.number());
    }

    /** What is to be agreed upon: the change, or the failure that it is. */
    Txn prepare(DataTree tree, long zxid, long now) {
        try {
            return checked(tree, zxid, now);
        } catch (Fault fault) {
            return txn(zxid, now, Txn.ERROR, "", fault.code(), false);
        }
    }

    private Txn txn(long zxid, long now, int as, String at, int number1, boolean ephemeral) {
        return new Txn(session, cxid, zxid, now, as, at, data, access, ephemeral, number1);
    }

    private Txn checked(DataTree tree, long zxid, long now) throws Fault {
        if (type != Txn.CREATE_SESSION && !tree.sessions().containsKey(session)) {
            throw new Fault(Fault.SESSION_EXPIRED);
        }
        boolean counted = type == Txn.CREATE && (version & 2) != 0;
        if (type > 0 && !isPath(counted ? path + "0" : path)) {
            throw new Fault(Fault.BAD_ARGUMENTS);
        }
        switch (type) {
            case Txn.CREATE -> {
                String parentPath = DataTree.parent(path);
                ZooNode parent = tree.get(parentPath);
                String name = (version & 2) != 0 ? path + String.format("%010d", parent.cversion) : path;
                if (tree.has(name)) {
                    throw new Fault(Fault.NODE_EXISTS);
                }
                if (parent.owner != 0) {
                    throw new Fault(Fault.NO_CHILDREN_FOR_EPHEMERALS);
                }
                return txn(zxid, now, type, name, parent.cversion + 1, (version & 1) != 0);
            }
            case Txn.DELETE -> {
                ZooNode node = tree.get(path);
                if (path.equals("/") || path.equals("/zookeeper")) {
                    throw new Fault(Fault.BAD_ARGUMENTS);
                }
                expect(node.version);
                if (!node.children.isEmpty()) {
                    throw new Fault(Fault.NOT_EMPTY);
                }
                return txn(zxid, now, type, path, 0, false);
            }
            case Txn.SET_DATA -> {
                ZooNode node = tree.get(path);
                expect(node.version);
                return txn(zxid, now, type, path, node.version + 1, false);
            }
            case Txn.SET_ACCESS -> {
                ZooNode node = tree.get(path);
                expect(node.aversion);
                return txn(zxid, now, type, path, node.aversion + 1, false);
            }
            case Txn.CREATE_SESSION, Txn.CLOSE_SESSION -> {
                return txn(zxid, now, type, "", version, false);
            }
            default -> throw new Fault(Fault.UNIMPLEMENTED);
        }
    }

    private void expect(int found) throws Fault {
        if (version >= 0 && version != found) {
            throw new Fault(Fault.BAD_VERSION);
        }
    }

    private static boolean isPath(String path) {
        return path.equals("/") || path.startsWith("/") && !path.endsWith("/") && !path.contains("//");
    }
}
