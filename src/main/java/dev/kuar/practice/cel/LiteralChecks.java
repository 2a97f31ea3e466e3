package dev.kuar.practice.cel;

import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.SimpleType;
import dev.kuar.practice.object.GoDuration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Kubernetes asks of what is written into an expression: regular expressions, moments, durations and formats can be
 * read, and the items of a list or map are of one type.
 */
final class LiteralChecks {
    private static final Set<CelKind> SHOWN = EnumSet.of(
            CelKind.DYN,
            CelKind.LIST,
            CelKind.MAP,
            CelKind.INT,
            CelKind.UINT,
            CelKind.DOUBLE,
            CelKind.BOOL,
            CelKind.STRING,
            CelKind.TIMESTAMP,
            CelKind.BYTES,
            CelKind.DURATION,
            CelKind.TYPE,
            CelKind.NULL_TYPE);

    private final CelAbstractSyntaxTree tree;
    private final List<CelIssue> issues = new ArrayList<>();

    private LiteralChecks(CelAbstractSyntaxTree tree) {
        this.tree = tree;
    }

    /** Complaints as a compiler's; empty where all is fine. */
    static String of(CelAbstractSyntaxTree tree) {
        LiteralChecks checks = new LiteralChecks(tree);
        checks.visit(tree.getExpr(), false);
        checks.issues.sort(Comparator.comparingInt(
                        (CelIssue issue) -> issue.getSourceLocation().getLine())
                .thenComparingInt(issue -> issue.getSourceLocation().getColumn()));
        return checks.issues.isEmpty() ? "" : CelIssue.toDisplayString(checks.issues, tree.getSource());
    }

    private void visit(CelExpr e, boolean formatted) {
        switch (e.getKind()) {
            case SELECT -> visit(e.select().operand(), formatted);
            case CALL -> {
                boolean format = e.call().function().equals("format");
                e.call().target().ifPresent(target -> visit(target, formatted || format));
                e.call().args().forEach(each -> visit(each, formatted || format));
                call(e);
            }
            case LIST -> {
                e.list().elements().forEach(each -> visit(each, formatted));
                if (!formatted) {
                    alike(e.list().elements(), e.list().optionalIndices());
                }
            }
            case MAP -> {
                List<CelExpr> keys = new ArrayList<>();
                List<CelExpr> values = new ArrayList<>();
                e.map().entries().forEach(entry -> {
                    visit(entry.key(), formatted);
                    visit(entry.value(), formatted);
                    keys.add(entry.key());
                    if (!entry.optionalEntry()) {
                        values.add(entry.value());
                    }
                });
                if (!formatted) {
                    alike(keys, List.of());
                    alike(values, List.of());
                }
            }
            case STRUCT -> e.struct().entries().forEach(entry -> visit(entry.value(), formatted));
            case COMPREHENSION -> {
                CelExpr.CelComprehension loop = e.comprehension();
                for (CelExpr each : List.of(
                        loop.iterRange(), loop.accuInit(), loop.loopCondition(), loop.loopStep(), loop.result())) {
                    visit(each, formatted);
                }
            }
            default -> {}
        }
    }

    private void alike(List<CelExpr> all, List<Integer> optional) {
        CelType first = null;
        for (int i = 0; i < all.size(); i++) {
            CelType type = type(all.get(i));
            if (optional.contains(i)) {
                type = type.parameters().get(0);
            }
            if (first == null) {
                first = type;
            } else if (!first.equals(type)) {
                report(
                        all.get(i).id(),
                        "expected type '" + CelTypes.format(first) + "' but found '" + CelTypes.format(type) + "'");
                return;
            }
        }
    }

    private void call(CelExpr e) {
        String function = e.call().function();
        if (function.equals("format")) {
            format(e);
            return;
        }
        String text = e.call().args().isEmpty() ? null : text(e.call().args().get(0));
        if (text == null) {
            return;
        }
        boolean read =
                switch (function) {
                    case "matches" -> isPattern(text);
                    case "timestamp" -> isMoment(text);
                    case "duration" -> GoDuration.find(text).isPresent();
                    default -> true;
                };
        if (!read) {
            report(e.call().args().get(0).id(), "invalid " + function + " argument");
        }
    }

    private static boolean isPattern(String text) {
        try {
            com.google.re2j.Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException malformed) {
            return false;
        }
    }

    private static boolean isMoment(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException malformed) {
            return false;
        }
    }

    private static @Nullable String text(CelExpr e) {
        boolean written = e.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && e.constant().getKind() == CelConstant.Kind.STRING_VALUE;
        return written ? e.constant().stringValue() : null;
    }

    private void format(CelExpr e) {
        String format = e.call().target().map(LiteralChecks::text).orElse(null);
        if (format == null
                || e.call().args().size() != 1
                || e.call().args().get(0).getKind() != CelExpr.ExprKind.Kind.LIST) {
            return;
        }
        List<CelExpr> values = e.call().args().get(0).list().elements();
        int[] used = {0};
        try {
            TextFormat.write(format, values.size(), (verb, precision, i) -> {
                used[0]++;
                fits(verb, values.get(i));
                return "";
            });
        } catch (TextFormat.Fault fault) {
            report(fault.at < 0 ? e.id() : fault.at, fault.said());
            return;
        }
        if (values.size() > used[0]) {
            report(
                    e.id(),
                    "too many arguments supplied to string.format (expected " + used[0] + ", got " + values.size()
                            + ")");
        }
    }

    private void fits(char verb, CelExpr value) throws TextFormat.Fault {
        CelKind kind = type(value).kind();
        boolean whole = kind == CelKind.INT || kind == CelKind.UINT;
        boolean fits =
                switch (verb) {
                    case 'd', 'o' -> whole;
                    case 'f', 'e' -> kind == CelKind.DOUBLE || kind == CelKind.STRING;
                    case 'b' -> whole || kind == CelKind.BOOL;
                    case 'x', 'X' -> whole || kind == CelKind.STRING || kind == CelKind.BYTES;
                    default -> SHOWN.contains(kind);
                };
        if (!fits && kind != CelKind.DYN) {
            throw TextFormat.misfit(verb, type(value).name(), value.id());
        }
    }

    private CelType type(CelExpr e) {
        return tree.getType(e.id()).orElse(SimpleType.DYN);
    }

    private void report(long id, String message) {
        int offset = tree.getSource().getPositionsMap().getOrDefault(id, 0);
        CelSourceLocation at = tree.getSource().getOffsetLocation(offset).orElse(CelSourceLocation.NONE);
        issues.add(CelIssue.formatError(id, at, message));
    }
}
