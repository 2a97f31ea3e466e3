package dev.kuar.practice.http;

import dev.kuar.practice.api.Answer;
import dev.kuar.practice.api.ApiRequest;
import dev.kuar.practice.api.ApiServer;
import dev.kuar.practice.api.RequestOptions;
import dev.kuar.practice.api.Verb;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.FieldSelector;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.schema.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Requests for resources: routing, negotiation, and the way through the API server and back. */
final class ResourceHandler {
    private static final Set<String> READS = Set.of("get", "list", "watch");

    private final ApiServer api;
    private final AnswerWriter answers;
    private final WatchHandler watches;
    private final ConnectHandler connections;
    private final Aggregation aggregation;
    private final ExtensionPass extensions;

    ResourceHandler(FrontParts parts, Metrics metrics) {
        this.api = parts.api();
        TableColumns columns = new TableColumns();
        this.answers = new AnswerWriter(columns, parts.clock());
        this.watches = new WatchHandler(parts, columns, metrics);
        this.connections = new ConnectHandler(parts);
        this.aggregation = parts.aggregation();
        this.extensions = new ExtensionPass(aggregation, metrics);
    }

    Handled handle(Call call, RequestPath path) throws IOException {
        Catalog catalog = api.catalog();
        Optional<KubeObject> elsewhere =
                path.group().isEmpty() ? Optional.empty() : aggregation.find(path.group(), path.version());
        if (elsewhere.isPresent()) {
            authorize(call, path, bare(call, path));
            return extensions.pass(call, elsewhere.get(), path.isLongRunning());
        }
        Optional<Kind> kind = catalog.find(path.group(), path.version(), path.resource());
        boolean claimed =
                kind.isPresent() || (catalog.groups().contains(path.group()) && !catalog.isCustom(path.group()));
        Route route = kind.map(known -> Route.of(call, path, known)).orElse(claimed ? Route.UNKNOWN : Route.NO_PAGE);
        if (route == Route.NO_PAGE || call.path().startsWith("//")) {
            authorize(call, path, bare(call, path));
            Reply.pageNotFound(call);
            return Handled.DONE;
        }
        if (kind.isEmpty()) {
            authorize(call, path, bare(call, path));
            throw Statuses.noSuchResource();
        }
        call.kind(kind.get().kind());
        if (route == Route.CONNECT) {
            ApiRequest request = bare(call, path);
            authorize(call, path, request);
            if (!Route.connects(path.subresource(), call.method())) {
                throw Statuses.methodNotAllowed();
            }
            return connections.handle(call, path, request.asTrusted());
        }
        return answer(call, path, kind.get(), route);
    }

    private Handled answer(Call call, RequestPath path, Kind known, Route route) throws IOException {
        ApiRequest request;
        Form form;
        try {
            Optional<ApiException> refusal = route.refusal(path, known);
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            form = negotiate(call, path, known);
            request = complete(call, path, known);
        } catch (ApiException refused) {
            authorize(call, path, bare(call, path));
            throw refused;
        }
        authorize(call, path, request);
        request = request.asTrusted();
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
        answers.write(call, answered(api.catalog(), known, answer), form, answer);
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
    private void authorize(Call call, RequestPath path, ApiRequest request) {
        call.authorized();
        try {
            if (path.isKnownVerb()) {
                api.authorize(request);
            } else {
                api.authorize(request, path.verb());
            }
        } catch (ApiException refused) {
            call.setHeader("X-Content-Type-Options", "nosniff");
            throw refused;
        }
    }

    /** Custom resources are not behind the router, which looks at types before anybody else. */
    private static Form negotiate(Call call, RequestPath path, Kind kind) {
        boolean answered = kind.isVirtual() && !kind.verbs().contains("list");
        Form.Transforms transforms = kind.isCustom() ? Form.CUSTOM : answered ? Form.ANSWERS : Form.RESOURCES;
        if (path.verb().equals("watch")) {
            return Form.negotiate(call, transforms, WatchHandler.ENCODINGS, true);
        }
        if (!kind.isCustom()) {
            Form.checkRoute(call, AnswerWriter.MEDIA_TYPES);
        }
        return Form.negotiate(call, transforms, AnswerWriter.ENCODINGS, false);
    }

    private static ApiRequest complete(Call call, RequestPath path, Kind kind) {
        ApiRequest request = bare(call, path).with(RequestOptions.parse(query(call, path)));
        boolean writesOne = path.verb().equals("update") || path.verb().equals("patch");
        if (kind.isCustom() && writesOne && path.name().isEmpty()) {
            throw Statuses.of(500, "", "name must be provided", Map.of());
        }
        if (path.verb().equals("patch")) {
            return BodyReader.patch(call, kind, request);
        }
        if (READS.contains(path.verb())) {
            return request;
        }
        boolean unnamed = kind.isCustom()
                && path.verb().equals("create")
                && path.subresource().isEmpty();
        return (unnamed ? request.named("") : request).with(BodyReader.object(call, path.verb()));
    }

    /** The old form {@code /watch/…/NAME} selects by name. */
    private static Map<String, List<String>> query(Call call, RequestPath path) {
        if (!path.verb().equals("watch") || path.name().isEmpty()) {
            return call.query();
        }
        String given = call.query("fieldSelector");
        if (!given.isEmpty()) {
            if (!FieldSelector.parse(given).required("metadata.name").equals(path.name())) {
                throw Statuses.badRequest("fieldSelector metadata.name doesn't match requested name");
            }
            return call.query();
        }
        Map<String, List<String>> query = new LinkedHashMap<>(call.query());
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
        return path.isKnownVerb() ? Verb.valueOf(path.verb().toUpperCase(Locale.ROOT)) : Verb.GET;
    }
}
