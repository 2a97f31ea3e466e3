package dev.kuar.practice.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The syntaxes of names; each answers what is wrong, empty for nothing, worded as apimachinery words it. */
public final class Syntax {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
    private static final String LINED = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*";
    private static final String DNS1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String VALUE = "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?";
    private static final String CONFIG_KEY = "[-._a-zA-Z0-9]+";
    private static final Pattern LABEL_FORM = Pattern.compile(LABEL);
    private static final Pattern SUBDOMAIN_FORM = Pattern.compile(SUBDOMAIN);
    private static final Pattern LINED_FORM = Pattern.compile(LINED);
    private static final Pattern WILDCARD_FORM = Pattern.compile("\\*\\." + SUBDOMAIN);
    private static final Pattern DNS1035_FORM = Pattern.compile(DNS1035);
    private static final Pattern QUALIFIED_FORM = Pattern.compile(QUALIFIED);
    private static final Pattern VALUE_FORM = Pattern.compile(VALUE);
    private static final Pattern CONFIG_KEY_FORM = Pattern.compile(CONFIG_KEY);
    private static final Pattern PORT_NAME = Pattern.compile("[-a-z0-9]+");

    private Syntax() {}

    public static List<String> label(String text) {
        if (text.length() <= 63
                && !LABEL_FORM.matcher(text).matches()
                && SUBDOMAIN_FORM.matcher(text).matches()) {
            return List.of("must not contain dots");
        }
        return check(
                text,
                63,
                LABEL_FORM,
                "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and"
                        + " end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '"
                        + LABEL + "')");
    }

    public static List<String> subdomain(String text) {
        return check(
                text,
                253,
                SUBDOMAIN_FORM,
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must"
                        + " start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '"
                        + SUBDOMAIN + "')");
    }

    /** A domain in which a DNS server is to look, which may begin with a line below. */
    public static List<String> subdomainWithLine(String text) {
        return check(
                text,
                253,
                LINED_FORM,
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and"
                        + " must start and end with an alphanumeric character (e.g. 'example.com', regex used for"
                        + " validation is '" + LINED + "')");
    }

    /** The name of an environment variable. */
    public static List<String> variable(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 127 && c != '=')
                ? text.isEmpty() ? List.of("environment variable name must be non-empty") : List.of()
                : List.of("a valid environment variable name must consist only of printable ASCII characters other"
                        + " than '='");
    }

    /** How long Go finds a text. */
    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    public static List<String> dns1035(String text) {
        return check(
                text,
                63,
                DNS1035_FORM,
                "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic"
                        + " character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for"
                        + " validation is '" + DNS1035 + "')");
    }

    /** A name that may stand in a path, as RBAC allows. */
    public static List<String> pathSegment(String text) {
        List<String> wrong = new ArrayList<>();
        if (text.equals(".") || text.equals("..")) {
            return List.of("may not be '" + text + "'");
        }
        for (String part : List.of("/", "%")) {
            if (text.contains(part)) {
                wrong.add("may not contain '" + part + "'");
            }
        }
        return wrong;
    }

    /** The key of a label or annotation. */
    public static List<String> qualifiedName(String text) {
        List<String> wrong = new ArrayList<>();
        String[] parts = text.split("/", -1);
        String name = parts[parts.length - 1];
        if (parts.length > 2) {
            return List.of(
                    "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and"
                            + " end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
                            + " validation is '" + QUALIFIED + "') with an optional DNS subdomain prefix and '/' (e.g."
                            + " 'example.com/MyName')");
        }
        if (parts.length == 2) {
            if (parts[0].isEmpty()) {
                wrong.add("prefix part must be non-empty");
            } else {
                subdomain(parts[0])
                        .forEach(each -> wrong.add("prefix part "
                                + (each.endsWith("253 characters") ? "must be no more than 253 bytes" : each)));
            }
        }
        if (name.isEmpty()) {
            wrong.add("name part must be non-empty");
        } else if (bytes(name) > 63) {
            wrong.add("name part must be no more than 63 bytes");
        }
        if (!QUALIFIED_FORM.matcher(name).matches()) {
            wrong.add(
                    "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                            + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is"
                            + " '" + QUALIFIED + "')");
        }
        return wrong;
    }

    public static List<String> labelValue(String text) {
        return check(
                text,
                63,
                "bytes",
                VALUE_FORM,
                "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must"
                        + " start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex"
                        + " used for validation is '" + VALUE + "')");
    }

    /** A host that an Ingress answers to: a name, or one that begins with {@code *.}. */
    public static List<String> hostRule(String text) {
        return text.contains("*")
                ? check(
                        text,
                        253,
                        WILDCARD_FORM,
                        "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must"
                                + " consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric"
                                + " character (e.g. '*.example.com', regex used for validation is '\\*\\." + SUBDOMAIN
                                + "')")
                : subdomain(text);
    }

    /** A domain, a slash and a path. */
    public static List<String> domainPrefixedPath(String text) {
        int slash = text.indexOf('/');
        return slash <= 0 || slash == text.length() - 1
                ? List.of("must be a domain-prefixed path (such as \"acme.io/foo\")")
                : subdomain(text.substring(0, slash));
    }

    /** A key of a ConfigMap or Secret. */
    public static List<String> configKey(String text) {
        List<String> wrong = new ArrayList<>(check(
                text,
                253,
                CONFIG_KEY_FORM,
                "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or"
                        + " 'KEY_NAME',  or 'key-name', regex used for validation is '" + CONFIG_KEY + "')"));
        if (text.equals(".")) {
            wrong.add("must not be '.'");
        } else if (text.startsWith("..")) {
            wrong.add(text.equals("..") ? "must not be '..'" : "must not start with '..'");
        }
        return wrong;
    }

    /** The name of a container's port. */
    public static List<String> portName(String text) {
        List<String> wrong = new ArrayList<>();
        if (text.length() > 15) {
            wrong.add("must be no more than 15 characters");
        }
        if (!PORT_NAME.matcher(text).matches()) {
            wrong.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (text.chars().noneMatch(c -> c >= 'a' && c <= 'z')) {
            wrong.add("must contain at least one letter (a-z)");
        }
        if (text.contains("--")) {
            wrong.add("must not contain consecutive hyphens");
        }
        if (text.startsWith("-") || text.endsWith("-")) {
            wrong.add("must not begin or end with a hyphen");
        }
        return wrong;
    }

    private static List<String> check(String text, int limit, Pattern form, String complaint) {
        return check(text, limit, "characters", form, complaint);
    }

    private static List<String> check(String text, int limit, String unit, Pattern form, String complaint) {
        List<String> wrong = new ArrayList<>(0);
        if (bytes(text) > limit) {
            wrong.add("must be no more than " + limit + " " + unit);
        }
        if (!form.matcher(text).matches()) {
            wrong.add(complaint);
        }
        return wrong;
    }
}
