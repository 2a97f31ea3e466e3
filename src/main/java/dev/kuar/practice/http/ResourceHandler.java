package dev.kuar.practice.http;

import dev.kuar.practice.api.Answer;
import dev.kuar.practice.api.ApiRequest;
import dev.kuar.practice.api.ApiServer;
import dev.kuar.practice.api.RequestOptions;
import dev.kuar.practice.api.Verb;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.schema.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Requests for resources: routing, negotiation, and the way through the API server and back. */
final class ResourceHandler {
    private final ApiServer api;
    private final AnswerWriter answers;
    private final WatchHandler watches;
    private final ConnectHandler connections;
    private final Aggregation aggregation;

    ResourceHandler(FrontParts parts, Metrics metrics) {
        this.api = parts.api();
        TableColumns columns = new TableColumns();
        this.answers = new AnswerWriter(columns, parts.clock());
        this.watches = new WatchHandler(parts, columns, metrics);
        this.connections = new ConnectHandler(parts);
        this.aggregation = parts.aggregation();
    }

    Handled handle(Call call, RequestPath path) throws IOException {
        if (path.verb().isEmpty()) {
            api.authorizePath(call.actingUser(), call.method().toLowerCase(Locale.ROOT), call.path());
            throw Statuses.methodNotAllowed();
        }
        Catalog catalog = api.catalog();
        Optional<KubeObject> elsewhere =
                path.group().isEmpty() ? Optional.empty() : aggregation.find(path.group(), path.version());
        if (elsewhere.isPresent()) {
            authorize(call, bare(call, path));
            return aggregation.pass(call, elsewhere.get(), ProxyHandler.headers(call));
        }
        Optional<Kind> kind = catalog.find(path.group(), path.version(), path.resource());
        kind.ifPresent(known -> call.kind(known.kind()));
        Route route = kind.isPresent() ? Route.of(call, path, kind.get()) : Route.UNKNOWN;
        if (route == Route.CONNECT) {
            ApiRequest request = bare(call, path);
            authorize(call, request);
            return connections.handle(call, path, request.asTrusted());
        }
        return answer(call, path, catalog, kind, route);
    }

    private Handled answer(Call call, RequestPath path, Catalog catalog, Optional<Kind> kind, Route route)
            throws IOException {
        ApiRequest request;
        Form form;
        try {
            boolean unknownGroup = kind.isEmpty() && !catalog.groups().contains(path.group());
            if (unknownGroup || call.path().contains("//")) {
                authorize(call, bare(call, path));
                Reply.pageNotFound(call);
                return Handled.DONE;
            }
            if (kind.isPresent()) {
                Route.checkCustom(path, kind.get());
            }
            route.check();
            Kind known = kind.orElseThrow(Statuses::noSuchResource);
            form = negotiate(call, path, known);
            request = complete(call, path, known);
        } catch (ApiException refused) {
            authorize(call, bare(call, path));
            throw refused;
        }
        authorize(call, request);
        request = request.asTrusted();
        Kind known = kind.orElseThrow(Statuses::noSuchResource);
        if (path.verb().equals("watch")) {
            return watches.handle(call, known, request, form);
        }
        Answer answer;
        if (path.verb().equals("get") && call.flag("export")) {
            throw Statuses.badRequest("the export parameter, deprecated since v1.14, is no longer supported");
        }
        try {
            answer = api.handle(request);
        } catch (ApiException refused) {
            Reply.warn(call, refused.warnings().isEmpty() ? api.warnings(known) : refused.warnings());
            throw refused;
        }
        Reply.warn(call, answer.warnings());
        answers.write(call, answered(catalog, known, answer), form, answer);
        return Handled.DONE;
    }

    /** The kind of what is answered: a subresource may have one of its own, with columns of its own. */
    private static Kind answered(Catalog catalog, Kind kind, Answer answer) {
        if (answer instanceof Answer.One one) {
            KubeObject object = one.object().object();
            if (!object.kind().equals(kind.kind())) {
                return catalog.ofObject(object.apiVersion(), object.kind()).orElse(kind);
            }
        }
        return kind;
    }

    /** Asked here and not again: what the authoriser refuses looks a little different from what admission refuses. */
    private void authorize(Call call, ApiRequest request) {
        try {
            api.authorize(request);
        } catch (ApiException refused) {
            call.setHeader("X-Content-Type-Options", "nosniff");
            throw refused;
        }
    }

    /** Custom resources are not behind the router, which looks at types before anybody else. */
    private static Form negotiate(Call call, RequestPath path, Kind kind) {
        Form.Transforms transforms = kind.isCustom() ? Form.CUSTOM : Form.RESOURCES;
        if (path.verb().equals("watch")) {
            if (WebSocketUpgrade.isAskedFor(call)) {
                return new Form(Form.Encoding.JSON, "", "", false);
            }
            return Form.negotiate(call, transforms, WatchHandler.ENCODINGS, true);
        }
        if (!kind.isCustom()) {
            Form.checkRoute(call, AnswerWriter.MEDIA_TYPES);
        }
        return Form.negotiate(call, transforms, AnswerWriter.ENCODINGS, false);
    }

    private static ApiRequest complete(Call call, RequestPath path, Kind kind) {
        ApiRequest request = bare(call, path).with(RequestOptions.parse(query(call, path)));
        if (path.verb().equals("patch")) {
            return BodyReader.patch(call, kind, request);
        }
        boolean carries = !path.verb().equals("get")
                && !path.verb().equals("list")
                && !path.verb().equals("watch");
        return carries ? request.with(BodyReader.object(call, path.verb())) : request;
    }

    /** The old form {@code /watch/…/NAME} selects by name. */
    private static Map<String, List<String>> query(Call call, RequestPath path) {
        if (!path.verb().equals("watch") || path.name().isEmpty()) {
            return call.query();
        }
        Map<String, List<String>> query = new java.util.LinkedHashMap<>(call.query());
        query.put("fieldSelector", new ArrayList<>(List.of("metadata.name=" + path.name())));
        return query;
    }

    /** What is asked, without options and body: enough to authorise it. */
    static ApiRequest bare(Call call, RequestPath path) {
        boolean namespaces = path.group().isEmpty() && path.resource().equals("namespaces");
        return ApiRequest.of(
                        call.actingUser(),
                        call.agent(),
                        verb(path),
                        new GroupResource(path.group(), path.resource()),
                        path.version(),
                        namespaces ? "" : path.namespace(),
                        path.verb().equals("watch") ? "" : path.name(),
                        path.subresource())
                .with(call.notes());
    }

    private static Verb verb(RequestPath path) {
        return path.verb().isEmpty() ? Verb.GET : Verb.valueOf(path.verb().toUpperCase(Locale.ROOT));
    }
}
