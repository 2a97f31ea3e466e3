package dev.kuar.practice.network;

/** A name server on a port. */
public interface DnsPort extends PortService {
    /** @param type {@code A}, {@code AAAA}, {@code SRV}, {@code PTR} */
    DnsAnswer answer(String name, String type);

    @Override
    default Wire accept(Wire back, String peer) {
        back.end();
        return new Wire() {
            @Override
            public void send(byte[] bytes) {}

            @Override
            public void end() {}
        };
    }
}
