package dev.kuar.practice.network;

import java.util.Optional;

/** What answers on a UDP port of a simulated process. */
@FunctionalInterface
public interface UdpService {
    /**
     * The datagram that is sent back; empty where none is.
     *
     * @param peer the address of who sent it, with a port
     */
    Optional<byte[]> answer(byte[] datagram, String peer);
}
