package dev.kuar.practice.zookeeper;

/** What a server has counted. */
final class Figures {
    private long received;
    private long sent;

    void countReceived() {
        received++;
    }

    void countSent() {
        sent++;
    }

    void reset() {
        received = 0;
        sent = 0;
    }

    long received() {
        return received;
    }

    long sent() {
        return sent;
    }
}
