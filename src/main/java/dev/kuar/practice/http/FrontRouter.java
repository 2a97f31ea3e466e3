package dev.kuar.practice.http;

import dev.kuar.practice.api.ApiServer;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.Statuses;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * From a call to the handler of its path, after asking who it is and whether it may; in upstream's order, so that who may
 * not learns nothing of what is there.
 */
final class FrontRouter {
    private final ApiServer api;
    private final Authentication authentication;
    private final FlowHeaders flow;
    private final AuditTrail audit;
    private final ResourceHandler resources;
    private final DiscoveryHandler discovery;
    private final HealthHandler health;
    private final PlainHandler plain;
    private final OpenApiHandler openApi;

    FrontRouter(FrontParts parts, Metrics metrics) {
        this.api = parts.api();
        this.authentication = new Authentication(parts);
        this.flow = new FlowHeaders(parts.api());
        this.audit = new AuditTrail(parts.audit(), parts.clock());
        this.resources = new ResourceHandler(parts, metrics);
        this.discovery = new DiscoveryHandler(parts.api(), parts.aggregation());
        this.health = new HealthHandler(parts.started(), metrics.health());
        this.plain = new PlainHandler(parts, metrics);
        this.openApi = new OpenApiHandler(parts.api());
    }

    Handled route(Call call) throws IOException {
        RequestPath path = RequestPath.of(call);
        call.user(authentication.authenticate(call));
        flow.add(call, path);
        authentication.impersonate(call, path);
        audit.received(call, path);
        try {
            Handled handled = path.resourceRequest() ? resources.handle(call, path) : page(call, path);
            audit.answered(call, path);
            return handled;
        } catch (ApiException refused) {
            audit.refused(call, path, refused.status());
            throw refused;
        }
    }

    private Handled page(Call call, RequestPath request) throws IOException {
        try {
            api.authorizePath(call.actingUser(), request.verb(), call.path());
        } catch (ApiException refused) {
            call.setHeader("X-Content-Type-Options", "nosniff");
            throw refused;
        }
        String path = call.path();
        if (path.contains("//")) {
            Reply.pageNotFound(call);
            return Handled.DONE;
        }
        List<String> parts = Paths.split(path);
        String first = parts.isEmpty() ? "" : parts.get(0);
        switch (first) {
            case "api", "apis" -> discovery.handle(call, parts);
            case "healthz", "livez", "readyz" -> health.handle(call, parts);
            case "openapi" -> openApi.handle(call, parts);
            default -> plain.handle(call, parts);
        }
        return Handled.DONE;
    }

    /** 405 for anything but GET, worded as the router words it. */
    static void requireGet(Call call) {
        if (!call.method().toUpperCase(Locale.ROOT).equals("GET")) {
            throw Statuses.methodNotAllowed();
        }
    }
}
