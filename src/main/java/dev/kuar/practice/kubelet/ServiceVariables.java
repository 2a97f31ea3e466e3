package dev.kuar.practice.kubelet;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The variables that name services, made once for all containers that see the same services: with hundreds of services they are
 * thousands of variables a container. Thread-safe.
 */
final class ServiceVariables {
    private final Map<String, Seen> seen = new HashMap<>();

    /** What the containers of a namespace saw last, and what was made of each service. */
    private record Seen(List<KubeObject> services, Map<String, Made> made, Map<String, String> variables) {}

    /** What was made of one service. */
    private record Made(KubeObject service, Map<String, String> variables) {}

    /**
     * Those of the pod's namespace, where it wants them, and of the API server.
     *
     * @param services all there are
     * @return never changes
     */
    synchronized Map<String, String> of(KubeObject pod, Iterable<KubeObject> services) {
        boolean links = !Boolean.FALSE.equals(pod.at("spec", "enableServiceLinks"));
        List<KubeObject> chosen = chosen(pod.namespace(), links, services);
        String place = pod.namespace() + "/" + links;
        Seen known = seen.get(place);
        if (known != null && isSame(known.services(), chosen)) {
            return known.variables();
        }
        Map<String, Made> before = known == null ? Map.of() : known.made();
        Map<String, Made> made = new HashMap<>();
        Map<String, String> all = new LinkedHashMap<>();
        for (KubeObject service : chosen) {
            Made one = made(before, service);
            made.put(key(service), one);
            all.putAll(one.variables());
        }
        Seen fresh = new Seen(chosen, made, Collections.unmodifiableMap(all));
        seen.put(place, fresh);
        return fresh.variables();
    }

    private static List<KubeObject> chosen(String namespace, boolean links, Iterable<KubeObject> services) {
        Map<String, KubeObject> chosen = new TreeMap<>();
        for (KubeObject service : services) {
            boolean master =
                    service.namespace().equals("default") && service.name().equals("kubernetes");
            boolean own = links && service.namespace().equals(namespace);
            if ((own || master) && (own || !chosen.containsKey(service.name()))) {
                String ip = service.text("spec", "clusterIP");
                if (!ip.isEmpty() && !ip.equals("None")) {
                    chosen.put(service.name(), service);
                }
            }
        }
        return new ArrayList<>(chosen.values());
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(List<KubeObject> one, List<KubeObject> other) {
        boolean same = one.size() == other.size();
        for (int i = 0; same && i < one.size(); i++) {
            same = one.get(i) == other.get(i);
        }
        return same;
    }

    private static String key(KubeObject service) {
        return service.namespace() + "/" + service.name();
    }

    @SuppressWarnings("ReferenceEquality")
    private static Made made(Map<String, Made> before, KubeObject service) {
        Made known = before.get(key(service));
        return known != null && known.service() == service ? known : new Made(service, variables(service));
    }

    private static Map<String, String> variables(KubeObject service) {
        Map<String, String> env = new LinkedHashMap<>();
        String name = upper(service.name());
        String ip = service.text("spec", "clusterIP");
        List<Map<String, Object>> ports = service.maps("spec", "ports");
        if (ports.isEmpty()) {
            return env;
        }
        KubeObject first = KubeObject.of(ports.get(0));
        env.put(name + "_SERVICE_HOST", ip);
        env.put(name + "_SERVICE_PORT", Long.toString(first.number(0, "port")));
        for (Map<String, Object> entry : ports) {
            KubeObject port = KubeObject.of(entry);
            if (!port.text("name").isEmpty()) {
                env.put(name + "_SERVICE_PORT_" + upper(port.text("name")), Long.toString(port.number(0, "port")));
            }
        }
        env.put(name + "_PORT", url(first, ip));
        for (Map<String, Object> entry : ports) {
            KubeObject port = KubeObject.of(entry);
            String protocol = protocol(port);
            String prefix = name + "_PORT_" + port.number(0, "port") + "_" + protocol;
            env.put(prefix, url(port, ip));
            env.put(prefix + "_PROTO", protocol.toLowerCase(Locale.ROOT));
            env.put(prefix + "_PORT", Long.toString(port.number(0, "port")));
            env.put(prefix + "_ADDR", ip);
        }
        return env;
    }

    private static String protocol(KubeObject port) {
        return port.text("protocol").isEmpty() ? "TCP" : port.text("protocol");
    }

    private static String url(KubeObject port, String ip) {
        return protocol(port).toLowerCase(Locale.ROOT) + "://" + ip + ":" + port.number(0, "port");
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
