package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.HttpService;
import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Wire;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The health service of gRPC as {@code agnhost grpc-health-checking} has it: healthy until it is told otherwise over HTTP, or
 * for {@code --delay-unhealthy-sec}. Probes ask without bytes; whoever connects by hand is hung up on, as nothing here speaks
 * HTTP/2.
 */
final class GrpcHealth implements PortService {
    private final Task task;
    private final String name;
    private final long delay;
    private final Instant started;
    private volatile @Nullable Boolean forced;

    GrpcHealth(Task task, Template template) {
        this.task = task;
        this.name = template.fill("${arg:--service:}");
        this.delay = seconds(template.fill("${arg:--delay-unhealthy-sec:-1}"));
        this.started = task.container().clock().now();
    }

    private static long seconds(String text) {
        return text.matches("-?\\d{1,9}") ? Long.parseLong(text) : -1;
    }

    @Override
    public String health(String service) {
        log("Serving the Check request for health check, started at " + started);
        if (!service.equals(name)) {
            return "NOT_FOUND";
        }
        Boolean told = forced;
        boolean late = delay >= 0 && age().compareTo(Duration.ofSeconds(delay)) >= 0;
        return Boolean.FALSE.equals(told) || late ? "NOT_SERVING" : "SERVING";
    }

    private Duration age() {
        return Duration.between(started, task.container().clock().now());
    }

    /** What answers {@code /make-serving} and {@code /make-not-serving}. */
    PortService control() {
        return HttpService.plain(request -> {
            boolean well = request.path().equals("/make-serving");
            if (!well && !request.path().equals("/make-not-serving")) {
                return HttpResponse.text(404, "text/plain; charset=utf-8", "404 page not found\n");
            }
            log(well ? "Mark as healthy" : "Mark as unhealthy");
            forced = well;
            return HttpResponse.text(200, "text/plain; charset=utf-8", age().toMillis() / 1000.0 + "s");
        });
    }

    private void log(String line) {
        try {
            task.printError(line + "\n");
        } catch (IOException ended) {
            System.getLogger(GrpcHealth.class.getName()).log(System.Logger.Level.DEBUG, "log", ended);
        }
    }

    @Override
    public Wire accept(Wire back, String peer) {
        return new Wire() {
            @Override
            public void send(byte[] bytes) {
                back.end();
            }

            @Override
            public void end() {
                back.end();
            }
        };
    }
}
