package dev.kuar.practice.etcdctl;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What etcdctl finds around it: streams, files, variables, and the etcd process beside it. */
public interface Host {
    OutputStream out();

    void error(String text) throws IOException;

    byte[] input() throws IOException;

    Map<String, String> env();

    /** The text of a file; empty where {@link #refusal} says why not. */
    Optional<String> file(String path);

    /** Why a file can't be read, in Go's words; empty where it can. */
    String refusal(String path);

    byte[] bytes(String path);

    /** Writes a file; empty, or why not in Go's words. */
    String save(String path, byte[] data);

    /** Of etcd, {@code 3.6.5}. */
    String version();

    /** The words of the etcd process: its flags say who the member is. */
    List<String> server();

    /** The address of the pod. */
    String ip();

    Instant now();

    void pause(Duration time) throws InterruptedException;

    /** Waits until the program is told to stop; its exit code. */
    int stay() throws InterruptedException;

    /** Whether standard input is a terminal. */
    boolean interactive();
}
