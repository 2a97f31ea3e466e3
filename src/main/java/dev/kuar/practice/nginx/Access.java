package dev.kuar.practice.nginx;

import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may: sizes of bodies, {@code allow} and {@code deny}, passwords. */
final class Access {
    private final Exchange exchange;
    private final Scope scope;
    private final HttpRequest request;

    Access(Exchange exchange) {
        this.exchange = exchange;
        this.scope = exchange.scope();
        this.request = exchange.request();
    }

    /** What is answered instead; null where the request may go on. */
    @Nullable
    HttpResponse check() {
        long most = Paths.size(scope.text("client_max_body_size", "1m"));
        if (most > 0 && request.body().length > most) {
            exchange.complain("error", "client intended to send too large body: " + request.body().length + " bytes");
            return exchange.fail(413);
        }
        for (Directive rule : rules()) {
            if (rule.arg(0).equals("all") || Paths.inside(request.peer().replaceFirst(":\\d+$", ""), rule.arg(0))) {
                if (rule.name().equals("deny")) {
                    exchange.complain("error", "access forbidden by rule");
                    return exchange.fail(403);
                }
                break;
            }
        }
        String realm = scope.text("auth_basic", "off");
        if (!realm.equals("off") && !knows(realm)) {
            HttpResponse denied = exchange.fail(401);
            denied.headers().put("WWW-Authenticate", "Basic realm=\"" + realm + "\"");
            return denied;
        }
        return null;
    }

    private List<Directive> rules() {
        List<Directive> rules = new ArrayList<>();
        for (Directive each : scope.own()) {
            if (each.name().equals("allow") || each.name().equals("deny")) {
                rules.add(each);
            }
        }
        if (rules.isEmpty()) {
            rules.addAll(scope.all("allow"));
            rules.addAll(scope.all("deny"));
            rules.sort(Comparator.comparingInt(Directive::line));
        }
        return rules;
    }

    private boolean knows(String realm) {
        String header = request.header("Authorization");
        if (!header.startsWith("Basic ")) {
            exchange.complain("error", "no user/password was provided for basic authentication");
            return false;
        }
        String[] parts;
        try {
            parts = new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8)
                    .split(":", 2);
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
        exchange.setUser(parts[0]);
        byte[] file = exchange.site().host().read(Paths.full(scope.text("auth_basic_user_file", "")));
        for (String line : new String(file == null ? new byte[0] : file, StandardCharsets.UTF_8).split("\n")) {
            String[] known = line.strip().split(":");
            if (known[0].equals(parts[0]) && known.length > 1 && parts.length > 1) {
                boolean same = Passwords.matches(parts[1], known[1]);
                if (!same) {
                    exchange.complain("error", "user \"" + parts[0] + "\": password mismatch");
                }
                return same;
            }
        }
        exchange.complain("error", "user \"" + parts[0] + "\" was not found in \"" + realm + "\"");
        return false;
    }
}
