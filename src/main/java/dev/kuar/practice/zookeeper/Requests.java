package dev.kuar.practice.zookeeper;

import java.util.ArrayList;
import java.util.List;

/** The requests of a session: what is read is answered at once, what changes something when the ensemble has agreed. */
final class Requests {
    private static final int EXISTS = 3;
    private static final int GET_DATA = 4;
    private static final int GET_ACCESS = 6;
    private static final int GET_CHILDREN = 8;
    private static final int SYNC = 9;
    private static final int PING = 11;
    private static final int GET_CHILDREN_2 = 12;
    private static final int CREATE_2 = 15;
    private static final int SET_WATCHES = 101;

    private final ZooKeeperServer server;
    private final Connection connection;

    Requests(ZooKeeperServer server, Connection connection) {
        this.server = server;
        this.connection = connection;
    }

    void handle(Jute.Reader in) {
        int xid = in.number();
        int type = in.number();
        try {
            switch (type) {
                case PING -> connection.answer(-2, 0, new byte[0]);
                case Txn.CREATE, CREATE_2 -> create(xid, type, in);
                case Txn.DELETE -> change(xid, type, in.text(), new byte[0], List.of(), in.number());
                case Txn.SET_DATA -> change(xid, type, in.text(), in.buffer(), List.of(), in.number());
                case Txn.SET_ACCESS -> change(xid, type, in.text(), new byte[0], in.access(), in.number());
                case Txn.CLOSE_SESSION -> close(xid);
                case SYNC ->
                    connection.answer(xid, 0, new Jute.Writer().text(in.text()).bytes());
                case SET_WATCHES -> watch(xid, in);
                default -> connection.answer(xid, 0, read(type, in));
            }
        } catch (Fault fault) {
            connection.answer(xid, fault.code(), new byte[0]);
        }
    }

    private byte[] read(int type, Jute.Reader in) throws Fault {
        String path = in.text();
        boolean watches = type != GET_ACCESS && in.left() > 0 && in.flag();
        Jute.Writer out = new Jute.Writer();
        if (type == EXISTS && watches) {
            server.watches().data(path, connection);
        }
        ZooNode node = server.tree().get(path);
        switch (type) {
            case EXISTS -> {}
            case GET_DATA -> {
                out.buffer(node.data);
                if (watches) {
                    server.watches().data(path, connection);
                }
            }
            case GET_ACCESS -> out.access(node.access);
            case GET_CHILDREN, GET_CHILDREN_2 -> {
                out.texts(new ArrayList<>(node.children));
                if (watches) {
                    server.watches().children(path, connection);
                }
            }
            default -> throw new Fault(Fault.UNIMPLEMENTED);
        }
        if (type != GET_CHILDREN) {
            node.stat().write(out);
        }
        return out.bytes();
    }

    private void create(int xid, int type, Jute.Reader in) {
        String path = in.text();
        byte[] data = in.buffer();
        List<Access> access = in.access();
        int flags = in.number();
        connection.busy();
        server.ask(connection.session(), xid, Txn.CREATE, path, data, access, flags, txn -> {
            Jute.Writer out = new Jute.Writer().text(txn.path());
            ZooNode made = server.tree().nodes().get(txn.path());
            if (type == CREATE_2 && made != null) {
                made.stat().write(out);
            }
            done(xid, txn, out.bytes());
        });
    }

    private void change(int xid, int type, String path, byte[] data, List<Access> access, int version) {
        connection.busy();
        server.ask(connection.session(), xid, type, path, data, access, version, txn -> {
            Jute.Writer out = new Jute.Writer();
            ZooNode node = server.tree().nodes().get(path);
            if (node != null && type != Txn.DELETE) {
                node.stat().write(out);
            }
            done(xid, txn, out.bytes());
        });
    }

    private void done(int xid, Txn txn, byte[] body) {
        connection.answer(xid, txn.type() == Txn.ERROR ? txn.number() : 0, body);
        connection.idle();
    }

    private void close(int xid) {
        connection.busy();
        long session = connection.session();
        server.ask(session, xid, Txn.CLOSE_SESSION, "", new byte[0], List.of(), 0, txn -> {
            server.log()
                    .info(
                            "ProcessThread(sid:" + server.settings().id() + " cport:-1)::PrepRequestProcessor@487",
                            "Processed session termination for sessionid: 0x" + Long.toHexString(session));
            connection.answer(xid, 0, new byte[0]);
            connection.hangUp();
        });
    }

    private void watch(int xid, Jute.Reader in) {
        in.big();
        in.texts().forEach(path -> server.watches().data(path, connection));
        in.texts().forEach(path -> server.watches().data(path, connection));
        in.texts().forEach(path -> server.watches().children(path, connection));
        connection.answer(xid, 0, new byte[0]);
    }
}
