package dev.kuar.kubectl;

import dev.kuar.kube.RequestLog;
import dev.kuar.kube.RequestLog.Request;
import dev.kuar.kubectl.command.LineReading;
import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.print.PrintedRows;
import dev.kuar.kubectl.print.Table;
import dev.kuar.kubectl.rest.ApiResource;
import dev.kuar.process.DetailedProgram;
import dev.kuar.process.Invocation;
import dev.kuar.process.Program;
import dev.kuar.process.RunDetails;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Another kubectl, run as a program, of which it is told what it did: by the request log of a practice cluster, elsewhere by
 * its words and by the columns that it printed.
 *
 * <p>What it prints goes through the shell, so that checks see it, and not straight to the terminal; except where somebody
 * talks with a container or an editor through it.
 */
public final class ForeignKubectl implements DetailedProgram {
    private static final Set<String> WITH_ROWS = Set.of("get", "describe");

    private final Program program;
    private final KubectlSession session;
    private final RequestLog log;
    private final Clock clock;

    public ForeignKubectl(Program program, KubectlSession session, RequestLog log, Clock clock) {
        this.program = program;
        this.session = session;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public int run(Invocation invocation, Consumer<RunDetails> report) throws InterruptedException {
        LineReading line = LineReading.of(invocation, session.shared());
        String context = line.context();
        PrintedOutput printed = new PrintedOutput(invocation.output());
        try (RequestLog.Listening listening = log.listen()) {
            try {
                return program.run(line.isInteractive() ? invocation : printed.instead(invocation));
            } finally {
                printed.flush();
                boolean interrupted = Thread.interrupted();
                report.accept(details(line, context, ofThisRun(line, listening.heard()), printed.text()));
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** The requests of the first kubectl that began with this command; those of others in other terminals are left out. */
    private static List<Request> ofThisRun(LineReading line, List<Request> heard) {
        Optional<String> session = heard.stream()
                .filter(request -> request.command().equals(line.command()))
                .map(Request::session)
                .findFirst();
        return heard.stream()
                .filter(request -> session.isPresent() && request.session().equals(session.get()))
                .toList();
    }

    private RunDetails details(LineReading line, String context, List<Request> requests, String printed) {
        Optional<Request> first = requests.stream()
                .filter(request -> !request.kind().isEmpty() && !request.kind().startsWith("SelfSubject"))
                .findFirst();
        if (first.isPresent()) {
            Request main = first.get();
            return told(
                    line,
                    context,
                    main.apiVersion(),
                    main.kind(),
                    main.namespace(),
                    line.names().isEmpty()
                                    && !main.name().isEmpty()
                                    && !line.command().equals("get")
                            ? List.of(main.name())
                            : line.names(),
                    WITH_ROWS.contains(line.command()) ? answered(main, requests) : List.of());
        }
        Optional<ApiResource> kind = !line.flags().containsKey("help") ? line.kind() : Optional.empty();
        String namespace = kind.map(k -> line.namespace(k.namespaced())).orElse("");
        return told(
                line,
                context,
                kind.map(ApiResource::apiVersion).orElse(""),
                kind.map(ApiResource::kind).orElse(""),
                namespace,
                line.names(),
                line.command().equals("get") ? printed(line, printed, namespace) : List.of());
    }

    private static RunDetails told(
            LineReading line,
            String context,
            String apiVersion,
            String kind,
            String namespace,
            List<String> names,
            List<Map<String, String>> rows) {
        return new RunDetails(line.command(), apiVersion, kind, namespace, names, line.flags(), context, rows);
    }

    /** The rows that the server answered to what asked for the same kind. */
    private List<Map<String, String>> answered(Request main, List<Request> requests) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (Request request : requests) {
            boolean same =
                    request.kind().equals(main.kind()) && request.apiVersion().equals(main.apiVersion());
            boolean read =
                    request.verb().equals(main.verb()) && request.subresource().isEmpty() && request.code() == 200;
            if (same && read && !request.response().isEmpty()) {
                rows.addAll(Table.of(new Tree(Json.parse(request.response())), null, clock)
                        .asMaps());
            }
        }
        return rows;
    }

    private static List<Map<String, String>> printed(LineReading line, String output, String namespace) {
        boolean everywhere = "true".equals(line.flags().get("all-namespaces"));
        boolean titled = !"true".equals(line.flags().get("no-headers"));
        List<Map<String, String>> rows = PrintedRows.of(output, line.output(), titled, everywhere);
        if (namespace.isEmpty()) {
            return rows;
        }
        List<Map<String, String>> placed = new ArrayList<>();
        for (Map<String, String> row : rows) {
            Map<String, String> all = new java.util.LinkedHashMap<>(row);
            all.putIfAbsent("namespace", namespace);
            placed.add(all);
        }
        return placed;
    }
}
