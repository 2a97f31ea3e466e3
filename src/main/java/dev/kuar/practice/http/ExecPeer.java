package dev.kuar.practice.http;

import java.io.IOException;

/** The client's end of an exec or attach, whatever it speaks. Channels: 0 stdin, 1 stdout, 2 stderr, 3 error, 4 resize. */
interface ExecPeer {
    /** Sends output or the outcome; many threads may. */
    void send(int channel, byte[] data, int length) throws IOException;

    /** Says that a channel of output has ended, where the protocol can. */
    void finish(int channel) throws IOException;

    /** Hands what the client sends to {@code session} until it goes away. */
    void read(ExecSession session) throws IOException;

    /** The end, after everything was sent. */
    void end() throws IOException;
}
