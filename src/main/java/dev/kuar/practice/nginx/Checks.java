package dev.kuar.practice.nginx;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What nginx refuses of directives that are well-formed: repetitions, bad URLs to pass to, variables that nobody sets. */
final class Checks {
    private static final Set<String> ONCE = Set.of(
            "root",
            "alias",
            "default_type",
            "client_max_body_size",
            "proxy_pass",
            "autoindex",
            "worker_processes",
            "worker_connections",
            "pid",
            "user",
            "daemon",
            "keepalive_timeout",
            "sendfile",
            "server_tokens",
            "events",
            "http",
            "try_files",
            "expires",
            "proxy_http_version",
            "absolute_redirect",
            "stub_status");
    private static final Set<String> VALUES = Set.of(
            "return",
            "set",
            "proxy_pass",
            "proxy_set_header",
            "add_header",
            "log_format",
            "root",
            "alias",
            "try_files",
            "index",
            "sub_filter",
            "access_log");
    private static final Pattern GROUP = Pattern.compile("\\(\\?P?<([A-Za-z_]\\w*)>");

    private final Upstreams upstreams;
    private final Set<String> set = new HashSet<>();

    private Checks(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    static void check(List<Directive> directives, Upstreams upstreams) throws ConfigurationError {
        Checks checks = new Checks(upstreams);
        checks.collect(directives);
        checks.walk(directives, "");
    }

    private void collect(List<Directive> directives) {
        for (Directive each : directives) {
            switch (each.name()) {
                case "set" -> set.add(each.arg(0).replaceFirst("^\\$", ""));
                case "map", "auth_request_set", "split_clients" ->
                    set.add(each.arg(each.name().equals("auth_request_set") ? 0 : 1)
                            .replaceFirst("^\\$", ""));
                case "geo" -> set.add(each.arg(each.args().size() - 1).replaceFirst("^\\$", ""));
                default -> {}
            }
            each.args().forEach(arg -> {
                Matcher matcher = GROUP.matcher(arg);
                while (matcher.find()) {
                    set.add(matcher.group(1));
                }
            });
            collect(each.children());
        }
    }

    private void walk(List<Directive> directives, String context) throws ConfigurationError {
        Set<String> seen = new HashSet<>();
        for (Directive each : directives) {
            if (ONCE.contains(each.name()) && !seen.add(each.name())) {
                throw each.error("\"" + each.name() + "\" directive is duplicate");
            }
            if (VALUES.contains(each.name())) {
                for (String arg : each.args()) {
                    variables(each, arg);
                }
            }
            if (each.name().equals("proxy_pass")) {
                pass(each, context);
            }
            if (each.block() != null && !DirectiveTable.isFree(each.name())) {
                String kind = each.name().equals("location")
                        ? List.of("~", "~*").contains(each.arg(0))
                                        || each.arg(0).startsWith("@")
                                ? "expression"
                                : "location"
                        : each.name();
                walk(each.children(), kind);
            }
        }
    }

    private void variables(Directive directive, String text) throws ConfigurationError {
        for (String name : Variables.names(text)) {
            if (!set.contains(name) && !Variables.isKnown(name)) {
                throw directive.error("unknown \"" + name + "\" variable");
            }
        }
    }

    private void pass(Directive directive, String context) throws ConfigurationError {
        String url = directive.arg(0);
        if (url.contains("$")) {
            return;
        }
        PassTarget target = PassTarget.of(url);
        if (target == null) {
            throw directive.error("invalid URL prefix");
        }
        if (target.port() < 0) {
            throw directive.error("invalid port in upstream \"" + url.replaceFirst("^https?://", "") + "\"");
        }
        if (!target.uri().isEmpty()
                && List.of("expression", "if", "limit_except").contains(context)) {
            throw directive.error(
                    "\"proxy_pass\" cannot have URI part in location given by regular expression, or inside"
                            + " named location, or inside \"if\" statement, or inside \"limit_except\" block");
        }
        if (!upstreams.isDefined(target.host())) {
            upstreams.implied(target.host(), target.port(), directive);
        }
    }
}
