package dev.kuar.practice.dashboard;

import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;

/**
 * A dashboard's web server: pages for people, and a small JSON API.
 *
 * <p>Whoever comes without a token, or with one that the API server does not take, gets 401. It keeps nothing: the token
 * comes with each request, in an {@code Authorization: Bearer} header or in the cookie that the login form sets.
 */
public final class DashboardSite implements HttpHandler {
    private final Role role;
    private final Pages pages;
    private final ListApi lists;
    private final HttpHandler api;

    /** Which paths a process answers; the Dashboard of version 7 has a process for each, older ones do it all in one. */
    public enum Role {
        WEB,
        AUTH,
        API,
        ALL
    }

    /**
     * A site.
     *
     * @param product what it stands in for, {@code Kubernetes Dashboard}
     * @param api how the process reaches the API server
     */
    public DashboardSite(Role role, String product, HttpHandler api) {
        this.role = role;
        this.pages = new Pages(product);
        this.lists = new ListApi();
        this.api = api;
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        String path = request.path();
        KubeAsk ask = new KubeAsk(api, Visitor.token(request));
        if (path.equals("/healthz") || path.equals("/readyz") || path.equals("/livez")) {
            return HttpResponse.text(200, "text/plain; charset=utf-8", "ok\n");
        }
        if (does(Role.AUTH) && (path.equals("/api/v1/login") || path.equals("/api/v1/me"))) {
            return lists.account(request, ask, api);
        }
        if (does(Role.API) && path.startsWith("/api/")) {
            return lists.list(request, ask);
        }
        if (does(Role.WEB)) {
            return page(request, path, ask);
        }
        return HttpResponse.text(404, "text/plain; charset=utf-8", "404 page not found\n");
    }

    private boolean does(Role wanted) {
        return role == wanted || role == Role.ALL;
    }

    private HttpResponse page(HttpRequest request, String path, KubeAsk ask) {
        Texts texts = Texts.forVisitor(request.header("Accept-Language"));
        return switch (path) {
            case "/login" ->
                request.method().equals("POST") ? login(request, texts) : pages.login(texts, 200, texts.of("welcome"));
            case "/logout" -> Visitor.forget(HttpResponse.text(303, "text/plain; charset=utf-8", ""), "./");
            case "/", "/index.html" -> home(request, texts, ask);
            default -> pages.notFound(texts, path);
        };
    }

    private HttpResponse login(HttpRequest request, Texts texts) {
        String token = Visitor.formToken(request).strip();
        if (token.isEmpty()) {
            return pages.login(texts, 401, texts.of("token.empty"));
        }
        KubeAsk ask = new KubeAsk(api, token);
        KubeAsk.Who who = ask.who();
        if (who.status() == 401) {
            return pages.login(texts, 401, texts.of("token.refused"));
        }
        if (who.status() >= 400) {
            return pages.unreachable(texts, who.status(), who.name());
        }
        return Visitor.remember(HttpResponse.text(303, "text/plain; charset=utf-8", ""), token, "./");
    }

    private HttpResponse home(HttpRequest request, Texts texts, KubeAsk ask) {
        if (ask.token().isEmpty()) {
            return pages.login(texts, 401, texts.of("welcome"));
        }
        KubeAsk.Who who = ask.who();
        if (who.status() == 401) {
            return Visitor.forget(pages.login(texts, 401, texts.of("token.refused")), "");
        }
        if (who.status() >= 400) {
            return pages.unreachable(texts, who.status(), who.name());
        }
        return pages.overview(texts, who.name(), Visitor.parameter(request, "namespace"), ask);
    }
}
