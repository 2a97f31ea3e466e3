package dev.kuar.practice.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events last for an hour. */
final class EventExpiryTest {
    private static final GroupResource EVENTS = GroupResource.core("events");

    private final ManualClock clock = new ManualClock();
    private final TestServer cluster = new TestServer(clock);
    private final ApiClient client = cluster.client();

    @AfterEach
    void close() {
        cluster.close();
    }

    private void event(String name) {
        KubeObject event = KubeObject.create("v1", "Event", "default", name);
        event.set("Pod", "involvedObject", "kind");
        event.set("default", "involvedObject", "namespace");
        event.set("p", "involvedObject", "name");
        event.set(clock.now().toString(), "lastTimestamp");
        client.create(EVENTS, "default", event);
    }

    @Test
    void an_event_is_gone_an_hour_after_it_was_written_last() {
        event("once");
        event("again");
        clock.advance(Duration.ofMinutes(59));
        assertThat(client.find(EVENTS, "default", "once")).isPresent();
        KubeObject again = client.get(EVENTS, "default", "again").copy();
        again.set(clock.now().toString(), "lastTimestamp");
        client.update(EVENTS, again);
        clock.advance(Duration.ofMinutes(3));
        assertThat(client.find(EVENTS, "default", "once")).isEmpty();
        assertThat(client.find(EVENTS, "default", "again")).isPresent();
        clock.advance(Duration.ofMinutes(59));
        assertThat(client.find(EVENTS, "default", "again")).isEmpty();
    }
}
