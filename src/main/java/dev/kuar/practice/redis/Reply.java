package dev.kuar.practice.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a command answers, and how the second version of the protocol writes it. */
sealed interface Reply {
    Reply OK = new Status("OK");
    Reply NIL = new Bulk(null);
    Reply NO_ARRAY = new Many(null);
    /** Nothing is said now. */
    Reply SILENCE = new Silence();

    void write(StringBuilder out);

    static Reply whole(long number) {
        return new Whole(number);
    }

    static Reply flag(boolean yes) {
        return new Whole(yes ? 1 : 0);
    }

    static Reply bulk(@Nullable String text) {
        return text == null ? NIL : new Bulk(text);
    }

    static Reply texts(Collection<? extends @Nullable String> texts) {
        List<Reply> all = new ArrayList<>(texts.size());
        texts.forEach(text -> all.add(bulk(text)));
        return new Many(all);
    }

    static Reply many(Reply... replies) {
        return new Many(List.of(replies));
    }

    /** One line. */
    record Status(String text) implements Reply {
        @Override
        public void write(StringBuilder out) {
            out.append('+').append(text).append("\r\n");
        }
    }

    /** A refusal. */
    record Failure(String text) implements Reply {
        @Override
        public void write(StringBuilder out) {
            out.append('-').append(text.replace('\r', ' ').replace('\n', ' ')).append("\r\n");
        }
    }

    /** A number. */
    record Whole(long number) implements Reply {
        @Override
        public void write(StringBuilder out) {
            out.append(':').append(number).append("\r\n");
        }
    }

    /** Bytes, or none. */
    record Bulk(@Nullable String text) implements Reply {
        @Override
        public void write(StringBuilder out) {
            if (text == null) {
                out.append("$-1\r\n");
            } else {
                out.append('$')
                        .append(text.length())
                        .append("\r\n")
                        .append(text)
                        .append("\r\n");
            }
        }
    }

    /** Replies in order, or none. */
    record Many(@Nullable List<Reply> items) implements Reply {
        @Override
        public void write(StringBuilder out) {
            if (items == null) {
                out.append("*-1\r\n");
            } else {
                out.append('*').append(items.size()).append("\r\n");
                items.forEach(item -> item.write(out));
            }
        }
    }

    /** No answer. */
    record Silence() implements Reply {
        @Override
        public void write(StringBuilder out) {
            // Blocked clients and replicas hear nothing.
        }
    }
}
