package dev.kuar.practice.http;

import dev.kuar.practice.api.ApiServer;
import dev.kuar.practice.auth.AuthorizerFailure;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.Statuses;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

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
        this.flow = new FlowHeaders(parts);
        this.audit = new AuditTrail(parts.audit(), parts.clock());
        this.resources = new ResourceHandler(parts, metrics);
        this.discovery = new DiscoveryHandler(parts, metrics);
        this.health = new HealthHandler(parts.site(), metrics.health());
        this.plain = new PlainHandler(parts, metrics);
        this.openApi = new OpenApiHandler(parts, metrics);
    }

    Handled route(Call call) throws IOException {
        if (RequestPath.isCutShort(call)) {
            undetermined(call);
            return Handled.DONE;
        }
        RequestPath path = RequestPath.of(call);
        if (!path.isLongRunning()) {
            Optional<String> problem = TimeoutParameter.problem(call.query("timeout"));
            if (problem.isPresent()) {
                audit.failed(call, path, 400, problem.get());
                throw Statuses.badRequest(problem.get());
            }
        }
        try {
            call.user(authentication.authenticate(call));
        } catch (ApiException refused) {
            audit.failed(call, path, refused.status().code(), Authentication.failure(call));
            throw refused;
        }
        audit.begin(call, path);
        call.record().received();
        authentication.impersonate(call, path);
        flow.add(call, path);
        audit.received(call, path);
        try {
            Handled handled = path.resourceRequest() ? resources.handle(call, path) : page(call, path);
            audit.answered(call, path);
            return handled;
        } catch (AuthorizerFailure unknown) {
            audit.answered(call, path);
            internal(call, unknown.getMessage());
            return Handled.DONE;
        } catch (ApiException refused) {
            audit.refused(call, path, refused.status());
            throw refused;
        }
    }

    /** Before anybody asks who it is. */
    private static void undetermined(Call call) throws IOException {
        call.exchange().getResponseHeaders().remove("Cache-Control");
        internal(call, "failed to create RequestInfo: unable to determine kind and namespace from url, " + call.uri());
    }

    /** What goes wrong where no Status is made yet. */
    private static void internal(Call call, String why) throws IOException {
        String text = "Internal Server Error: \"" + call.uri() + "\": " + why;
        Reply.text(call, 500, text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "\n");
    }

    private Handled page(Call call, RequestPath request) throws IOException {
        call.authorized();
        try {
            api.authorizePath(call.actingUser(), request.verb(), call.path(), call.notes());
        } catch (ApiException refused) {
            call.setHeader("X-Content-Type-Options", "nosniff");
            throw refused;
        }
        String path = call.path();
        String first = path.startsWith("//")
                ? ""
                : Paths.split(path).stream().findFirst().orElse("");
        switch (first) {
            case "api", "apis" -> {
                return discovery.handle(call, Paths.split(path));
            }
            case "healthz", "livez", "readyz" -> health.handle(call);
            case "openapi" -> {
                return openApi.handle(call);
            }
            default -> plain.handle(call);
        }
        return Handled.DONE;
    }

    /** 405 for anything but GET, worded as the router words it. */
    static void requireGet(Call call) {
        if (!call.method().equals("GET")) {
            throw Statuses.methodNotAllowed();
        }
    }

    /** What the router asks of who wants a document: the method GET, and types that it knows; 405, 415 or 406. */
    static void requireRoute(Call call, List<String> types) {
        requireGet(call);
        Form.checkRouteContent(call, types);
        Form.checkRoute(call, types);
    }
}
