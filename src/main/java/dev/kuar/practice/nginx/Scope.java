package dev.kuar.practice.nginx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The directives of a block, which those within inherit. */
final class Scope {
    private final List<Directive> own;
    private final @Nullable Scope outer;

    Scope(List<Directive> own, @Nullable Scope outer) {
        this.own = own;
        this.outer = outer;
    }

    List<Directive> own() {
        return own;
    }

    /** The innermost directive of a name; null where none says so. */
    @Nullable
    Directive find(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Directive found = ConfigurationReader.first(scope.own, name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** All directives of a name on the innermost level that has one. */
    List<Directive> all(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            List<Directive> found =
                    scope.own.stream().filter(each -> each.name().equals(name)).toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** The first argument of a directive, or what holds where there is none. */
    String text(String name, String otherwise) {
        Directive found = find(name);
        return found == null ? otherwise : found.arg(0);
    }

    boolean on(String name, boolean otherwise) {
        return text(name, otherwise ? "on" : "off").equals("on");
    }
}
