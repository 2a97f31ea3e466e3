package dev.kuar.practice.nginx;

import dev.kuar.practice.network.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The directives {@code set}, {@code if}, {@code rewrite}, {@code break} and {@code return} of a block, in their order. */
final class Rewriting {
    private final Exchange exchange;
    private @Nullable HttpResponse response;
    private boolean last;
    private boolean over;

    Rewriting(Exchange exchange) {
        this.exchange = exchange;
    }

    /** What the block answers by itself; null where it doesn't. */
    @Nullable
    HttpResponse response() {
        return response;
    }

    /** Whether the path was changed and asks for another location. */
    boolean isLast() {
        return last;
    }

    void run(List<Directive> block) {
        for (Directive each : block) {
            if (over) {
                return;
            }
            switch (each.name()) {
                case "set" ->
                    exchange.set()
                            .put(each.arg(0).substring(1), exchange.variables().fill(each.arg(1)));
                case "break" -> over = true;
                case "return" -> give(each);
                case "rewrite" -> rewrite(each);
                case "if" -> {
                    if (holds(each.args())) {
                        exchange.enter(new Scope(each.children(), exchange.scope()));
                        run(each.children());
                    }
                }
                default -> {}
            }
        }
    }

    private void give(Directive directive) {
        over = true;
        String first = directive.arg(0);
        boolean number = first.matches("\\d{3}");
        int code = number ? Integer.parseInt(first) : 302;
        String text = number ? directive.arg(1) : first;
        boolean redirects = List.of(301, 302, 303, 307, 308).contains(code);
        if (redirects && !text.isEmpty()) {
            response = Pages.redirect(exchange, code, exchange.variables().fill(text));
        } else if (code == 444) {
            response = HttpResponse.text(0, "text/plain", "");
        } else if (directive.args().size() > 1 || code == 204) {
            response = HttpResponse.text(
                    code, exchange.type(exchange.uri()), exchange.variables().fill(text));
        } else if (code == 200) {
            response = HttpResponse.text(200, exchange.type(exchange.uri()), "");
        } else {
            response = exchange.fail(code);
        }
    }

    private void rewrite(Directive directive) {
        Matcher matcher;
        try {
            matcher = Pattern.compile(directive.arg(0)).matcher(exchange.uri());
        } catch (PatternSyntaxException e) {
            return;
        }
        if (!matcher.find()) {
            return;
        }
        exchange.capture(matcher.reset());
        String to = exchange.variables().fill(directive.arg(1));
        String flag = directive.arg(2);
        if (to.matches("https?://.*") || flag.equals("redirect") || flag.equals("permanent")) {
            String args = to.contains("?") || exchange.args().isEmpty() ? "" : "?" + exchange.args();
            String url = to.endsWith("?") ? to.substring(0, to.length() - 1) : to + args;
            response = Pages.redirect(exchange, flag.equals("permanent") ? 301 : 302, url);
            over = true;
            return;
        }
        int query = to.indexOf('?');
        String path = query < 0 ? to : to.substring(0, query);
        String more = query < 0 ? "" : to.substring(query + 1);
        if (query >= 0) {
            exchange.setArgs(more.isEmpty() || exchange.args().isEmpty() ? more : more + "&" + exchange.args());
        }
        exchange.setUri(path);
        last = !flag.equals("break");
        if (!last) {
            exchange.setBroken();
        }
        over = flag.equals("last") || flag.equals("break");
    }

    private boolean holds(List<String> words) {
        String text = String.join(" ", words).strip();
        if (text.startsWith("(") && text.endsWith(")")) {
            text = text.substring(1, text.length() - 1).strip();
        }
        String[] parts = text.split("\\s+", 3);
        Variables variables = exchange.variables();
        if (parts[0].matches("!?-[fdex]") && parts.length > 1) {
            boolean not = parts[0].startsWith("!");
            NginxHost.Stat there = exchange.site().host().stat(variables.fill(parts[1]));
            boolean is =
                    switch (parts[0].charAt(parts[0].length() - 1)) {
                        case 'f' -> there.isFile();
                        case 'd' -> there.isDirectory();
                        default -> there.failure().isEmpty();
                    };
            return is != not;
        }
        String value = variables.fill(parts[0]);
        if (parts.length < 3) {
            return !value.isEmpty() && !value.equals("0");
        }
        String other = parts[2].replaceAll("^\"(.*)\"$|^'(.*)'$", "$1$2");
        return switch (parts[1]) {
            case "=" -> value.equals(variables.fill(other));
            case "!=" -> !value.equals(variables.fill(other));
            case "~", "~*", "!~", "!~*" -> {
                Matcher matcher = Pattern.compile(other, parts[1].endsWith("*") ? Pattern.CASE_INSENSITIVE : 0)
                        .matcher(value);
                boolean found = matcher.find();
                if (found && !parts[1].startsWith("!")) {
                    exchange.capture(matcher.reset());
                }
                yield found != parts[1].startsWith("!");
            }
            default -> false;
        };
    }
}
