package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.ApiResource;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Resolves what a command line names: TYPE, TYPE NAME, TYPE/NAME, selectors, files. */
final class ResourceBuilder {
    private final Run run;
    private final List<Failure> failures = new ArrayList<>();

    ResourceBuilder(Run run) {
        this.run = run;
    }

    /** What went wrong with single objects while others were found. */
    List<Failure> failures() {
        return failures;
    }

    /** @throws Failure with the first failures, if there were any */
    void raise() {
        if (!failures.isEmpty()) {
            throw Failure.all(failures);
        }
    }

    /** The namespace for a resource: none for cluster-wide ones or with {@code -A}. */
    String namespaceOf(ApiResource resource) {
        return resource.namespaced() && !run.on("all-namespaces") ? run.namespace() : "";
    }

    /** The resources that a comma list names; categories such as {@code all} are spread out. */
    List<ApiResource> types(String list) {
        Set<ApiResource> resources = new LinkedHashSet<>();
        for (String word : list.split(",", -1)) {
            if (word.isEmpty()) {
                throw Failure.error("arguments in resource/name form must have a single resource and name");
            }
            List<ApiResource> category = run.mapper().category(word);
            if (category.isEmpty()) {
                resources.add(run.mapper().require(word));
            } else {
                resources.addAll(category);
            }
        }
        return new ArrayList<>(resources);
    }

    /** Whether names, not only types, are among the arguments. */
    static boolean namesGiven(List<String> arguments) {
        return arguments.size() > 1 || (!arguments.isEmpty() && arguments.get(0).contains("/"));
    }

    /** The objects of TYPE NAME… or TYPE/NAME…, not yet fetched. */
    List<Info> named(List<String> arguments) {
        List<Info> infos = new ArrayList<>();
        if (arguments.stream().anyMatch(argument -> argument.contains("/"))) {
            for (String argument : arguments) {
                String[] pair = argument.split("/", -1);
                if (pair.length == 1) {
                    throw Failure.error("there is no need to specify a resource type as a separate argument when "
                            + "passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' "
                            + "instead of 'kubectl get resource resource/<resource_name>'");
                }
                if (pair.length != 2 || pair[0].isEmpty() || pair[1].isEmpty()) {
                    throw Failure.error("arguments in resource/name form must have a single resource and name");
                }
                infos.add(info(run.mapper().require(pair[0]), pair[1]));
            }
            return infos;
        }
        List<ApiResource> types = types(arguments.get(0));
        for (ApiResource type : types) {
            for (String name : arguments.subList(1, arguments.size())) {
                infos.add(info(type, name));
            }
        }
        return infos;
    }

    Info info(ApiResource resource, String name) {
        return new Info(resource, namespaceOf(resource), name, Tree.NONE, "");
    }

    /** The objects of {@code -f} and {@code -k}, with their resources and namespaces resolved. */
    List<Info> files() {
        List<Info> infos = new ArrayList<>();
        List<Manifests.Entry> entries = new Manifests(run).read();
        for (Manifests.Entry entry : entries) {
            try {
                infos.add(ofFile(entry));
            } catch (Failure failure) {
                failures.add(failure);
            }
        }
        if (entries.isEmpty()) {
            throw Failure.error("no objects passed to " + run.command().path().split(" ")[0]);
        }
        return infos;
    }

    private Info ofFile(Manifests.Entry entry) {
        Tree object = entry.object();
        String kind = object.kind();
        String apiVersion = object.apiVersion();
        if (kind.isEmpty() || apiVersion.isEmpty()) {
            String missing = kind.isEmpty() && apiVersion.isEmpty()
                    ? "[apiVersion not set, kind not set]"
                    : kind.isEmpty() ? "kind not set" : "apiVersion not set";
            String shown = "STDIN".equals(entry.source()) ? "STDIN" : entry.source();
            if (kind.isEmpty() && !"delete".equals(run.command().path())) {
                throw Failure.error("error validating \"" + shown + "\": error validating data: " + missing
                        + "; if you choose to ignore these errors, turn validation off with --validate=false");
            }
            throw Failure.error(
                    "unable to decode \"" + shown + "\": Object '" + (kind.isEmpty() ? "Kind" : "apiVersion")
                            + "' is missing in '" + dev.kuar.kubectl.data.Json.sorted(object.value()) + "'");
        }
        ApiResource resource = run.mapper()
                .ofKind(apiVersion, kind)
                .orElseThrow(() -> Failure.error("resource mapping not found for name: \"" + object.name()
                        + "\" namespace: \"" + object.namespace()
                        + "\" from \"" + entry.source() + "\": no matches for kind \"" + kind + "\" in version \""
                        + apiVersion + "\"\nensure CRDs are installed first"));
        String own = object.namespace();
        String namespace = resource.namespaced() ? (own.isEmpty() ? run.namespace() : own) : "";
        if (resource.namespaced() && !own.isEmpty() && run.namespaceGiven() && !own.equals(run.namespace())) {
            throw Failure.error("the namespace from the provided object \"" + own + "\" does not match the namespace \""
                    + run.namespace() + "\". You must pass '--namespace=" + own + "' to perform this operation.");
        }
        if (resource.namespaced() && own.isEmpty()) {
            object.set(namespace, "metadata", "namespace");
        }
        return new Info(resource, namespace, object.name(), object, entry.source());
    }

    /** All objects of {@code types} that the selectors leave, fetched in chunks. */
    List<Info> listed(List<ApiResource> types) {
        List<Info> infos = new ArrayList<>();
        for (ApiResource type : types) {
            String next = "";
            do {
                Map<String, String> query = selectors();
                query.put("limit", run.flags().byName("chunk-size") == null ? "500" : run.text("chunk-size"));
                query.put("continue", next);
                Tree list = list(type, query);
                String apiVersion = list.apiVersion();
                String kind = list.kind().replaceFirst("List$", "");
                for (Tree item : list.items("items")) {
                    Map<String, Object> object = Tree.mapOf("apiVersion", apiVersion, "kind", kind);
                    object.putAll(item.map());
                    infos.add(new Info(type, item.namespace(), item.name(), new Tree(object), ""));
                }
                next = list.text("metadata", "continue");
            } while (!next.isEmpty());
        }
        return infos;
    }

    private Tree list(ApiResource type, Map<String, String> query) {
        return list(run, type, namespaceOf(type), query, RestClientJson.ACCEPT);
    }

    /** Lists, telling of a refused selector as kubectl does. */
    static Tree list(Run run, ApiResource type, String namespace, Map<String, String> query, String accept) {
        try {
            return run.client().get(Urls.query(type.path(namespace, ""), query), accept);
        } catch (Failure failure) {
            throw selectorFailure(failure, type, query);
        }
    }

    static Failure selectorFailure(Failure failure, ApiResource type, Map<String, String> query) {
        String labels = query.getOrDefault("labelSelector", "");
        String fields = query.getOrDefault("fieldSelector", "");
        if (!"BadRequest".equals(failure.reason()) || (labels.isEmpty() && fields.isEmpty())) {
            return failure;
        }
        Tree status = failure.status().copy();
        status.set(
                "Unable to find \"" + (type.group().isEmpty() ? "" : type.group()) + "/" + type.version()
                        + ", Resource=" + type.name() + "\" that match label selector \"" + labels
                        + "\", field selector \"" + fields + "\": " + status.text("message"),
                "message");
        return Failure.ofStatus(status);
    }

    Map<String, String> selectors() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("labelSelector", run.text("selector"));
        query.put("fieldSelector", run.text("field-selector"));
        return query;
    }

    /** What the command line names, fetched; failures of single objects are kept. */
    List<Info> fetched() {
        List<String> arguments = run.arguments();
        if (new Manifests(run).isGiven()) {
            return fetch(files());
        }
        if (namesGiven(arguments)) {
            if (!run.text("selector").isEmpty()) {
                throw Failure.error("name cannot be provided when a selector is specified");
            }
            return fetch(named(arguments));
        }
        return listed(types(arguments.get(0)));
    }

    List<Info> fetch(List<Info> infos) {
        List<Info> found = new ArrayList<>();
        for (Info info : infos) {
            try {
                found.add(info.with(run.client().get(info.path())));
            } catch (Failure failure) {
                if (failure.status().value() == null) {
                    throw failure;
                }
                failures.add(failure);
            }
        }
        return found;
    }

    /** The accept header of plain reads. */
    private static final class RestClientJson {
        static final String ACCEPT = "application/json";
    }
}
