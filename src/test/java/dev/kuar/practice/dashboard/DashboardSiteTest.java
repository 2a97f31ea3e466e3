package dev.kuar.practice.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DashboardSiteTest {
    private static final String TABLE = """
            {"kind":"Table","columnDefinitions":[{"name":"Name","priority":0},{"name":"Status","priority":0},{"name":"IP","priority":1}],
             "rows":[{"cells":["<b>web</b>","CrashLoopBackOff","10.0.0.9"],"object":{"metadata":{"namespace":"shop"}}}]}
            """;
    private final List<HttpRequest> asked = new ArrayList<>();
    private final DashboardSite site = new DashboardSite(DashboardSite.Role.ALL, "Kubernetes Dashboard", this::answer);

    /** An API server that takes one token, whose owner may list everything but nodes. */
    private HttpResponse answer(HttpRequest request) {
        asked.add(request);
        if (!request.header("Authorization").equals("Bearer good")) {
            return json(401, "{\"kind\":\"Status\",\"message\":\"Unauthorized\"}");
        }
        if (request.path().endsWith("selfsubjectreviews")) {
            return json(201, "{\"status\":{\"userInfo\":{\"username\":\"system:serviceaccount:shop:clerk\"}}}");
        }
        if (request.path().endsWith("/nodes")) {
            return json(403, "{\"kind\":\"Status\",\"message\":\"nodes is forbidden: User \\\"clerk\\\" cannot\"}");
        }
        return json(200, TABLE);
    }

    private static HttpResponse json(int status, String body) {
        return HttpResponse.text(status, "application/json", body);
    }

    private HttpResponse get(String target, Map<String, String> headers) {
        return site.handle(HttpRequest.get(target, headers, "127.0.0.1"));
    }

    @Test
    void asks_for_a_token_with_401_and_asks_nothing_of_the_server_without_one() {
        HttpResponse page = get("/", Map.of());

        assertThat(page.status()).isEqualTo(401);
        assertThat(page.bodyText()).contains("<form method=\"post\" action=\"login\">", "practice stand-in");
        assertThat(asked).isEmpty();
    }

    @Test
    void says_401_to_a_token_that_the_server_does_not_take() {
        HttpResponse page = get("/", Map.of("Authorization", "Bearer bad"));

        assertThat(page.status()).isEqualTo(401);
        assertThat(page.bodyText()).contains("does not take this token");
    }

    @Test
    void shows_what_the_token_may_see_and_says_what_it_may_not() {
        HttpResponse page = get("/", Map.of("authorization", "bearer good"));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.bodyText())
                .contains("system:serviceaccount:shop:clerk", "CrashLoopBackOff", "nodes is forbidden")
                .doesNotContain("10.0.0.9");
    }

    @Test
    void text_of_the_cluster_never_becomes_markup() {
        HttpResponse page = get("/?namespace=%3Cscript%3E", Map.of("Authorization", "Bearer good"));

        assertThat(page.bodyText())
                .contains("&lt;b&gt;web&lt;/b&gt;", "User &quot;clerk&quot; cannot")
                .doesNotContain("<b>web", "<script");
        assertThat(page.headers()).containsKey("Content-Security-Policy");
    }

    @Test
    void one_namespace_is_asked_for_by_its_own_path() {
        get("/?namespace=shop", Map.of("Authorization", "Bearer good"));

        assertThat(asked)
                .extracting(HttpRequest::target)
                .contains("/api/v1/namespaces/shop/pods", "/apis/apps/v1/namespaces/shop/deployments")
                .doesNotContain("/api/v1/pods");
    }

    @Test
    void the_form_sets_a_cookie_that_lets_the_next_request_in() {
        HttpResponse login = site.handle(
                new HttpRequest("POST", "/login", Map.of(), "token=+good%0A".getBytes(StandardCharsets.UTF_8), ""));

        assertThat(login.status()).isEqualTo(303);
        assertThat(login.headers()).containsEntry("Location", "./");
        assertThat(login.headers().get("Set-Cookie")).startsWith("token=good;").contains("HttpOnly");
        assertThat(get("/", Map.of("Cookie", "a=b; token=good")).status()).isEqualTo(200);
    }

    @Test
    void a_token_with_a_line_break_in_it_reaches_no_header() {
        HttpResponse login = site.handle(new HttpRequest(
                "POST", "/login", Map.of(), "token=go%0D%0AX-Evil:1".getBytes(StandardCharsets.UTF_8), ""));

        assertThat(login.status()).isEqualTo(401);
        assertThat(asked).isEmpty();
    }

    @Test
    void the_json_api_refuses_and_lists_as_the_pages_do() {
        assertThat(get("/api/v1/namespace", Map.of()).status()).isEqualTo(401);
        assertThat(get("/api/v1/node", Map.of("Authorization", "Bearer good")).status())
                .isEqualTo(403);
        assertThat(get("/api/v1/me", Map.of("Authorization", "Bearer good")).bodyText())
                .contains("system:serviceaccount:shop:clerk");
    }

    @Test
    void both_languages_say_the_same_things() {
        assertThat(Texts.forVisitor("ko-KR,ko;q=0.9").keys())
                .isEqualTo(Texts.forVisitor("").keys());
        assertThat(get("/", Map.of("Accept-Language", "ko-KR")).bodyText()).contains("로그인", "lang=\"ko\"");
    }
}
