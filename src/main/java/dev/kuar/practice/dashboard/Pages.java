package dev.kuar.practice.dashboard;

import dev.kuar.practice.network.HttpResponse;
import java.util.Map;

/** The pages for people: sign in, overview, and what is said when neither can be shown. No script, no outside resource. */
final class Pages {
    private static final String STYLE = """
            :root{color-scheme:light dark;--ink:#17323a;--soft:#5b7178;--line:#cfdcdc;--paper:#fbfaf5;--card:#fff;--accent:#0a7c66;--bad:#a3361f}
            @media(prefers-color-scheme:dark){:root{--ink:#e3ece9;--soft:#9fb3b3;--line:#31484c;--paper:#10201f;--card:#172b2b;--accent:#54c6a9;--bad:#f08f74}}
            *{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
            header,main,footer{max-width:72rem;margin:0 auto;padding:1rem 1.25rem}
            header{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:baseline;border-bottom:3px double var(--line)}
            header strong{font-size:1.15rem;letter-spacing:.02em}header form{margin-left:auto}
            h1{font-size:1.6rem;margin:.8rem 0}h2{font-size:1.15rem;margin:2rem 0 .4rem;color:var(--accent)}h3{font-size:1rem;margin:1.2rem 0 .3rem}
            table{border-collapse:collapse;width:100%;background:var(--card);font-size:.92rem}
            th,td{text-align:left;padding:.35rem .7rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
            th{color:var(--soft);font-weight:600;white-space:nowrap}.wide{overflow-x:auto}
            .bad,.forbidden b{color:var(--bad)}.ok{color:var(--accent)}.soft,footer,.forbidden{color:var(--soft)}
            textarea,input{width:100%;font:inherit;padding:.5rem;border:1px solid var(--line);border-radius:.3rem;background:var(--card);color:inherit}
            .pick{display:flex;gap:.5rem;align-items:end;max-width:30rem}.pick label{flex:1}
            button{font:inherit;padding:.5rem 1rem;border:0;border-radius:.3rem;background:var(--accent);color:var(--paper);cursor:pointer}
            header button{padding:.2rem .7rem}.login{max-width:36rem}code{font-size:.9em}a{color:var(--accent)}footer{margin-top:2rem;font-size:.85rem;border-top:1px solid var(--line)}
            """;

    private final String product;

    Pages(String product) {
        this.product = product;
    }

    /** The form that asks for a token. */
    HttpResponse login(Texts texts, int status, String message) {
        Html body = new Html().raw("<div class=\"login\">").element("h1", texts.of("title.login"));
        body.element("p", message.equals(texts.of("welcome")) ? "soft" : "bad", message)
                .raw("<form method=\"post\" action=\"login\"><p><label for=\"token\">")
                .text(texts.of("token"))
                .raw("</label><br><textarea id=\"token\" name=\"token\" rows=\"5\" cols=\"50\" autocomplete=\"off\""
                        + " spellcheck=\"false\" required autofocus></textarea></p><p><button type=\"submit\">")
                .text(texts.of("sign.in"))
                .raw("</button></p></form>")
                .raw("<p class=\"soft\">")
                .text(texts.of("how"))
                .raw("<br>")
                .element("code", texts.of("how.line"))
                .raw("</p></div>");
        return page(texts, status, texts.of("title.login"), "", body);
    }

    /** All that the account may see, in every namespace or in one. */
    HttpResponse overview(Texts texts, String user, String namespace, KubeAsk ask) {
        return page(texts, 200, texts.of("title.overview"), user, new Overview(texts, namespace, ask).body(user));
    }

    HttpResponse notFound(Texts texts, String path) {
        Html body = new Html()
                .element("h1", texts.of("title.missing"))
                .element("p", texts.of("missing", path))
                .raw("<p><a href=\"./\">")
                .text(texts.of("home"))
                .raw("</a></p>");
        return page(texts, 404, texts.of("title.missing"), "", body);
    }

    /** The API server gave no answer that can be shown. */
    HttpResponse unreachable(Texts texts, int status, String why) {
        Html body = new Html()
                .element("h1", texts.of("title.unreachable"))
                .element("p", texts.of("unreachable", Integer.toString(status)))
                .element("p", "bad", why);
        return page(texts, 502, texts.of("title.unreachable"), "", body);
    }

    private HttpResponse page(Texts texts, int status, String title, String user, Html body) {
        Html html = new Html()
                .raw("<!doctype html>\n<html lang=\"" + texts.language() + "\">\n<head>\n<meta charset=\"utf-8\">\n"
                        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .text(title + " - " + product)
                .raw("</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n<header><strong>")
                .text(product)
                .raw("</strong> <small class=\"soft\">")
                .text(texts.of("label"))
                .raw("</small>\n");
        if (!user.isEmpty()) {
            html.raw("<span>")
                    .text(texts.of("signed.in") + " ")
                    .element("code", user)
                    .raw("</span><form method=\"post\" action=\"logout\"><button type=\"submit\">")
                    .text(texts.of("sign.out"))
                    .raw("</button></form>");
        }
        html.raw("</header>\n<main>\n")
                .raw(body.toString())
                .raw("\n</main>\n<footer>")
                .text(texts.of("about", product))
                .raw("</footer>\n</body>\n</html>\n");
        HttpResponse response = HttpResponse.text(status, "text/html; charset=utf-8", html.toString());
        response.headers()
                .putAll(Map.of(
                        "Cache-Control",
                        "no-store",
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
                        "X-Content-Type-Options",
                        "nosniff",
                        "Referrer-Policy",
                        "no-referrer"));
        return response;
    }
}
