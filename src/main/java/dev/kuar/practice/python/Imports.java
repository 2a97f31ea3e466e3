package dev.kuar.practice.python;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code import …} and {@code from … import …}. */
final class Imports {
    private final ExpressionParser words;

    Imports(ExpressionParser words) {
        this.words = words;
    }

    Stmt read() {
        Token first = words.next();
        return first.is("from") ? from(first) : whole(first);
    }

    private String dotted() {
        StringBuilder name = new StringBuilder(words.name());
        while (words.take(".")) {
            name.append('.').append(words.name());
        }
        return name.toString();
    }

    private Stmt whole(Token first) {
        Map<String, String> modules = new LinkedHashMap<>();
        do {
            String module = dotted();
            String as = words.take("as") ? words.name() : "";
            words.owns(as.isEmpty() ? module.replaceFirst("\\..*", "") : as, true);
            modules.put(module, as);
        } while (words.take(","));
        Span span = Span.of(first, words.last());
        return scope -> modules.forEach((module, as) -> {
            scope.at(span);
            Module found = scope.machinery().load(module, span.line());
            String top = module.replaceFirst("\\..*", "");
            if (as.isEmpty()) {
                scope.set(top, scope.machinery().load(top, span.line()));
            } else {
                scope.set(as, found);
            }
        });
    }

    private Stmt from(Token first) {
        if (words.sees(".")) {
            throw new NotModelled("relative imports", first.line());
        }
        String module = dotted();
        words.expect("import");
        boolean bracket = words.take("(");
        Map<String, String> names = new LinkedHashMap<>();
        List<String> all = new ArrayList<>();
        do {
            if (words.take("*")) {
                all.add("*");
                break;
            }
            if (bracket && words.sees(")")) {
                break;
            }
            String name = words.name();
            String as = words.take("as") ? words.name() : name;
            words.owns(as, true);
            names.put(name, as);
        } while (words.take(","));
        if (bracket) {
            words.expect(")");
        }
        Span span = Span.of(first, words.last());
        return scope -> {
            scope.at(span);
            Module found = scope.machinery().load(module, span.line());
            if (!all.isEmpty()) {
                found.attributes().forEach(scope::set);
            }
            names.forEach((name, as) -> scope.set(as, scope.machinery().part(found, name, span.line())));
        };
    }
}
