package dev.kuar.practice.python;

import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The modules below {@code urllib}. */
final class WebModules {
    private static final int REDIRECTS = 10;

    private WebModules() {}

    static Map<String, Module> of(Machinery machinery) {
        Klass request = new Klass("Request", "urllib.request", List.of());
        request.attributes().put("__init__", Callable.of("__init__", a -> {
            Instance self = (Instance) a.first();
            Object data = a.get(2, "data", Nothing.NONE);
            self.attributes().put("full_url", a.get(1, "url", ""));
            self.attributes().put("data", data);
            self.attributes().put("headers", a.get(3, "headers", new LinkedHashMap<Object, Object>()));
            self.attributes().put("method", a.named().getOrDefault("method", data == Nothing.NONE ? "GET" : "POST"));
            return Nothing.NONE;
        }));
        Module requests =
                Module.of("urllib.request").with("Request", request).function("urlopen", a -> open(machinery, a));
        Module parse = Module.of("urllib.parse")
                .function("quote", a -> FileServer.quoted(Values.str(a.first()), "/"))
                .function("quote_plus", a -> FileServer.quoted(Values.str(a.first()), "")
                        .replace("%20", "+"))
                .function(
                        "unquote",
                        a -> URLDecoder.decode(Values.str(a.first()).replace("+", "%2B"), StandardCharsets.UTF_8))
                .function(
                        "urlencode",
                        a -> String.join(
                                "&",
                                Values.list(Types.dict(a.first())).stream()
                                        .map(key -> FileServer.quoted(Values.str(key), "")
                                                        .replace("%20", "+") + "="
                                                + FileServer.quoted(
                                                                Values.str(Items.get(Types.dict(a.first()), key)), "")
                                                        .replace("%20", "+"))
                                        .toList()));
        Module error = Module.of("urllib.error")
                .with("URLError", Exceptions.of("urllib.error.URLError"))
                .with("HTTPError", Exceptions.of("urllib.error.HTTPError"));
        Map<String, Module> all = new LinkedHashMap<>();
        all.put(
                "urllib",
                Module.of("urllib")
                        .with("request", requests)
                        .with("parse", parse)
                        .with("error", error));
        all.put("urllib.request", requests);
        all.put("urllib.parse", parse);
        all.put("urllib.error", error);
        return all;
    }

    private static Object open(Machinery machinery, Arguments a) {
        Object what = a.first();
        Object data = a.get(1, "data", Nothing.NONE);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", "Python-urllib/3." + machinery.minor());
        headers.put("Connection", "close");
        String method = data == Nothing.NONE ? "GET" : "POST";
        String url = Values.str(what);
        if (what instanceof Instance request && request.attributes().containsKey("full_url")) {
            url = Values.str(Attributes.get(request, "full_url"));
            data = Attributes.get(request, "data");
            method = Values.str(Attributes.get(request, "method"));
            ((Map<?, ?>) Attributes.get(request, "headers"))
                    .forEach((name, value) -> headers.put(Values.str(name), Values.str(value)));
        }
        byte[] body = data instanceof Bytes bytes ? bytes.data() : new byte[0];
        if (!url.matches("[a-z]+:.*")) {
            throw Raised.of("ValueError", "unknown url type: " + Repr.of(url));
        }
        for (int i = 0; i < REDIRECTS; i++) {
            PythonHost.Fetched answer = fetch(machinery, method, url, headers, body);
            String to = header(answer, "Location");
            if (answer.status() / 100 != 3 || to.isEmpty()) {
                return answer(url, answer);
            }
            url = to.startsWith("/") ? url.replaceFirst("^([a-z]+://[^/]+).*", "$1") + to : to;
        }
        throw Raised.of("RuntimeError", "too many redirects");
    }

    private static PythonHost.Fetched fetch(
            Machinery machinery, String method, String url, Map<String, String> headers, byte[] body) {
        String host = url.replaceFirst("^[a-z]+://", "").replaceFirst("[:/?].*$", "");
        if (machinery.host().resolve(host).isEmpty()) {
            throw unreachable(Library.unknownHost().value());
        }
        try {
            return machinery.host().fetch(method, url, headers, body);
        } catch (PythonHost.SystemFault fault) {
            throw unreachable(Raised.of(fault, null).value());
        }
    }

    private static Raised unreachable(Instance reason) {
        Klass type = new Klass("URLError", "urllib.error", List.of(Exceptions.of("urllib.error.URLError")));
        type.attributes().put("__str__", Callable.of("__str__", a -> "<urlopen error " + Values.str(reason) + ">"));
        Instance made = (Instance) type.call(Arguments.of(reason));
        made.attributes().put("reason", reason);
        return new Raised(made);
    }

    private static String header(PythonHost.Fetched answer, String name) {
        return answer.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static Object answer(String url, PythonHost.Fetched answer) {
        Instance made = Streams.body("HTTPResponse", answer.body());
        BigInteger status = BigInteger.valueOf(answer.status());
        Map<Object, Object> headers = new LinkedHashMap<>(answer.headers());
        made.attributes().put("status", status);
        made.attributes().put("code", status);
        made.attributes().put("reason", answer.reason());
        made.attributes().put("msg", answer.reason());
        made.attributes().put("url", url);
        made.attributes().put("headers", headers);
        made.attributes().put("getcode", Callable.of("getcode", a -> status));
        made.attributes().put("geturl", Callable.of("geturl", a -> url));
        made.attributes().put("info", Callable.of("info", a -> headers));
        made.attributes().put("getheader", Callable.of("getheader", a -> {
            String found = header(answer, Values.str(a.first()));
            return found.isEmpty() ? a.get(1, "default", Nothing.NONE) : found;
        }));
        if (answer.status() < 400) {
            return made;
        }
        Klass type = new Klass("HTTPError", "urllib.error", List.of(Exceptions.of("urllib.error.HTTPError")));
        String words = String.format(Locale.ROOT, "HTTP Error %d: %s", answer.status(), answer.reason());
        type.attributes().put("__str__", Callable.of("__str__", a -> words));
        Instance error = (Instance) type.call(Arguments.of());
        error.attributes().putAll(made.attributes());
        throw new Raised(error);
    }
}
