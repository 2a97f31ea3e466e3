package dev.kuar.practice;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Requests made up at random: patches of each type, queries, headers, upgrades, schemas, protobuf. Whatever comes, the answer
 * is no 5xx that speaks of a fault inside, and the server goes on.
 *
 * <p>300 by default, 20,000 with {@code -Dkuar.all=true}; {@code -Dkuar.seed=N} replays a run.
 */
final class GeneratedRequestsTest {
    private static final int SAMPLE = 300;
    private static final int ALL = 20_000;

    private static HostileWire wire;

    private final long seed = Long.getLong("kuar.seed", 20261129L);

    @BeforeAll
    static void start() throws GeneralSecurityException {
        wire = new HostileWire();
    }

    @AfterAll
    static void end() {
        wire.close();
    }

    @Test
    void no_request_that_is_made_up_finds_a_fault() throws IOException {
        RequestGenerator requests = new RequestGenerator(new Random(seed), wire.token());
        wire.survives(seed, Boolean.getBoolean("kuar.all") ? ALL : SAMPLE, number -> requests.next());
    }
}
