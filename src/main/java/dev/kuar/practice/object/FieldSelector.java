package dev.kuar.practice.object;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A field selector: fields that must, or must not, have a value. Immutable. */
public final class FieldSelector {
    /** Matches everything. */
    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    private final List<Term> terms;

    private FieldSelector(List<Term> terms) {
        this.terms = terms;
    }

    /** One condition on a field. */
    public record Term(String field, String value, boolean equal) {}

    /**
     * Reads {@code a.b=c,d!=e}, with a backslash before a comma, an equals sign or a backslash in a value.
     *
     * @throws ApiException 400 worded as upstream's parser
     */
    public static FieldSelector parse(String text) {
        if (text.isEmpty()) {
            return EVERYTHING;
        }
        List<Term> terms = new ArrayList<>();
        for (String part : split(text)) {
            if (!part.isEmpty()) {
                terms.add(term(part, text));
            }
        }
        return new FieldSelector(List.copyOf(terms));
    }

    public List<Term> terms() {
        return terms;
    }

    public boolean isEverything() {
        return terms.isEmpty();
    }

    /** @param value gives a field's value by the field's name; empty for what is absent */
    public boolean matches(UnaryOperator<String> value) {
        for (Term term : terms) {
            if (value.apply(term.field).equals(term.value) != term.equal) {
                return false;
            }
        }
        return true;
    }

    /** The value that the field must have, or an empty string when it may have several. */
    public String required(String field) {
        for (Term term : terms) {
            if (term.equal && term.field.equals(field)) {
                return term.value;
            }
        }
        return "";
    }

    private static Term term(String part, String whole) {
        for (int i = 0; i < part.length(); i++) {
            if (part.startsWith("!=", i)) {
                return new Term(part.substring(0, i), unescape(part.substring(i + 2)), false);
            }
            if (part.charAt(i) == '=') {
                int skip = part.startsWith("==", i) ? 2 : 1;
                return new Term(part.substring(0, i), unescape(part.substring(i + skip)), true);
            }
        }
        throw Statuses.badRequest("invalid selector: '" + whole + "'; can't understand '" + part + "'");
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == ',') {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String unescape(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) == '\\' && i + 1 < value.length()) {
                i++;
            }
            plain.append(value.charAt(i));
        }
        return plain.toString();
    }
}
