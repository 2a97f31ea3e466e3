package dev.kuar.practice.http;

import dev.kuar.practice.api.ApiRequest;
import dev.kuar.practice.api.ApiServer;
import dev.kuar.practice.api.WatchStream;
import dev.kuar.practice.schema.Kind;
import dev.kuar.practice.time.ClusterClock;
import java.io.IOException;
import java.util.List;

/** Starts watches, as chunked HTTP or over a WebSocket. */
final class WatchHandler {
    static final List<Form.Encoding> ENCODINGS = List.of(Form.Encoding.JSON, Form.Encoding.PROTOBUF);

    private final ApiServer api;
    private final TableColumns columns;
    private final ClusterClock clock;
    private final Metrics metrics;

    WatchHandler(FrontParts parts, TableColumns columns, Metrics metrics) {
        this.columns = columns;
        this.api = parts.api();
        this.clock = parts.clock();
        this.metrics = metrics;
    }

    Handled handle(Call call, Kind kind, ApiRequest request, Form form) throws IOException {
        Tables tables =
                form.as().equals("Table") ? new Tables(kind, form, Tables.Include.of(call), columns, clock) : null;
        WatchFrames frames = new WatchFrames(form, tables);
        if (WebSocketUpgrade.isAskedFor(call)) {
            return WatchOverWebSocket.start(call, () -> api.watch(request), form, frames, metrics);
        }
        WatchStream stream = api.watch(request);
        call.exchange().setStatusCode(200);
        String suffix = form.encoding() == Form.Encoding.PROTOBUF ? ";stream=watch" : "";
        call.setHeader("Content-Type", form.encoding().mediaType() + suffix);
        call.record().started(200);
        new WatchPump(call, stream, frames, metrics).start();
        return Handled.ONGOING;
    }
}
