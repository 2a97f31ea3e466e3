package dev.kuar.practice.container;

import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Wire;
import java.nio.charset.StandardCharsets;

/** Says one text to whoever connects, and hangs up. */
final class BannerService implements PortService {
    private final String text;

    BannerService(String text) {
        this.text = text;
    }

    @Override
    public Wire accept(Wire back, String peer) {
        back.send(text.getBytes(StandardCharsets.UTF_8));
        back.end();
        return new Wire() {
            @Override
            public void send(byte[] bytes) {
                // Nobody listens to what the client says.
            }

            @Override
            public void end() {
                // It has ended already.
            }
        };
    }
}
