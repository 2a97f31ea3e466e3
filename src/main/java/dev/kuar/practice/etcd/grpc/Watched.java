package dev.kuar.practice.etcd.grpc;

import dev.kuar.practice.etcd.Event;
import dev.kuar.practice.etcd.Follower;
import dev.kuar.practice.etcd.Messages;
import dev.kuar.practice.etcd.Proto;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** One watch of a stream, as it was asked for. Used in the stream's turn, but for {@link #isQueued}. */
final class Watched {
    /** Behind which an answer is cut, where the client takes pieces. */
    private static final int PIECE = FrameReader.MOST;

    private final long id;
    private final Follower follower;
    private final long start;
    private final boolean previous;
    private final boolean fragment;
    private final boolean notify;
    private final List<Long> filters;
    private final AtomicBoolean queued = new AtomicBoolean();
    private boolean due = true;

    /** @param request a WatchCreateRequest */
    Watched(long id, Follower follower, Fields request) {
        this.id = id;
        this.follower = follower;
        this.start = request.number(3);
        this.notify = request.flag(4);
        this.filters = request.numbers(5);
        this.previous = request.flag(6);
        this.fragment = request.flag(8);
    }

    long id() {
        return id;
    }

    Follower follower() {
        return follower;
    }

    /** Whether it is about revisions that are not there yet. */
    boolean isAhead(long revision) {
        return revision < start;
    }

    AtomicBoolean isQueued() {
        return queued;
    }

    /** Whether it is to be told how far it is: it wants to be, and heard nothing since this was asked last. */
    boolean isDue() {
        boolean now = notify && due;
        due = true;
        return now;
    }

    /** What the client gets of these events: nothing where none passes the filters, several answers where it takes pieces. */
    List<byte[]> answers(byte[] head, List<Event> events) {
        List<byte[]> shown = events.stream()
                .filter(event -> !filters.contains(event.put() ? 0L : 1L))
                .map(event -> Messages.event(event, previous))
                .toList();
        List<byte[]> answers = new ArrayList<>();
        for (int at = 0; at < shown.size(); ) {
            Proto answer = new Proto().message(1, head).number(2, id);
            int end = fragment ? end(shown, at) : shown.size();
            answer.number(7, end < shown.size() ? 1 : 0);
            shown.subList(at, end).forEach(each -> answer.message(11, each));
            answers.add(answer.toBytes());
            at = end;
        }
        due = due && answers.isEmpty();
        return answers;
    }

    private static int end(List<byte[]> events, int from) {
        long size = 0;
        int end = from;
        while (end < events.size() && (end == from || size + events.get(end).length < PIECE)) {
            size += events.get(end).length;
            end++;
        }
        return end;
    }
}
