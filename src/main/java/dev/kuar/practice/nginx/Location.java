package dev.kuar.practice.nginx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A location and those within it. */
final class Location {
    private final Directive directive;
    private final Kind kind;
    private final String path;
    private final @Nullable Pattern pattern;
    private final Scope scope;
    private final List<Location> inner;

    /** How it is compared with a path. */
    enum Kind {
        EXACT,
        PREFIX,
        PREFIX_FIRST,
        EXPRESSION,
        NAMED
    }

    private Location(
            Directive directive, Kind kind, String path, @Nullable Pattern pattern, Scope scope, List<Location> inner) {
        this.directive = directive;
        this.kind = kind;
        this.path = path;
        this.pattern = pattern;
        this.scope = scope;
        this.inner = inner;
    }

    static List<Location> within(List<Directive> block, Scope outer) throws ConfigurationError {
        List<Location> found = new ArrayList<>();
        for (Directive each : block) {
            if (each.name().equals("location")) {
                Location made = of(each, outer);
                for (Location other : found) {
                    if (other.kind == made.kind && other.path.equals(made.path) && made.kind != Kind.EXPRESSION) {
                        throw each.error("duplicate location \"" + made.path + "\"");
                    }
                }
                found.add(made);
            }
        }
        return found;
    }

    private static Location of(Directive directive, Scope outer) throws ConfigurationError {
        String first = directive.arg(0);
        boolean two = directive.args().size() == 2;
        String path = two ? directive.arg(1) : first;
        Kind kind = !two ? (first.startsWith("@") ? Kind.NAMED : Kind.PREFIX) : kind(first, directive);
        if (!two && first.startsWith("=") && first.length() > 1) {
            kind = Kind.EXACT;
            path = first.substring(1);
        }
        Pattern pattern = kind == Kind.EXPRESSION ? compile(path, first.equals("~*"), directive) : null;
        Scope scope = new Scope(directive.children(), outer);
        return new Location(directive, kind, path, pattern, scope, within(directive.children(), scope));
    }

    private static Kind kind(String modifier, Directive directive) throws ConfigurationError {
        return switch (modifier) {
            case "=" -> Kind.EXACT;
            case "^~" -> Kind.PREFIX_FIRST;
            case "~", "~*" -> Kind.EXPRESSION;
            default -> throw directive.error("invalid location modifier \"" + modifier + "\"");
        };
    }

    static Pattern compile(String expression, boolean anyCase, Directive directive) throws ConfigurationError {
        try {
            return Pattern.compile(expression, anyCase ? Pattern.CASE_INSENSITIVE : 0);
        } catch (PatternSyntaxException e) {
            throw directive.error("pcre2_compile() failed: " + e.getDescription() + " in \"" + expression + "\"");
        }
    }

    /** The location that answers a path, as nginx chooses; null where none does. */
    @Nullable
    static Location choose(List<Location> among, String uri) {
        for (Location each : among) {
            if (each.kind == Kind.EXACT && each.path.equals(uri)) {
                return each;
            }
        }
        Location longest = among.stream()
                .filter(each -> each.kind == Kind.PREFIX || each.kind == Kind.PREFIX_FIRST)
                .filter(each -> uri.startsWith(each.path))
                .max(Comparator.comparingInt(each -> each.path.length()))
                .orElse(null);
        Location deeper = longest == null ? null : choose(longest.inner, uri);
        if (deeper != null && (deeper.kind == Kind.EXACT || deeper.kind == Kind.EXPRESSION)) {
            return deeper;
        }
        if (longest == null || longest.kind != Kind.PREFIX_FIRST) {
            for (Location each : among) {
                if (each.pattern != null && each.pattern.matcher(uri).find()) {
                    Location within = choose(each.inner, uri);
                    return within == null ? each : within;
                }
            }
        }
        return deeper == null ? longest : deeper;
    }

    Directive directive() {
        return directive;
    }

    Kind kind() {
        return kind;
    }

    String path() {
        return path;
    }

    @Nullable
    Pattern pattern() {
        return pattern;
    }

    Scope scope() {
        return scope;
    }

    List<Location> inner() {
        return inner;
    }
}
