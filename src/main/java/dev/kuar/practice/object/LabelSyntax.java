package dev.kuar.practice.object;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What label keys and values, names and subdomains may look like, and what upstream says where they do not. */
public final class LabelSyntax {
    private static final Pattern QUALIFIED = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final Pattern VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    private LabelSyntax() {}

    /** What is wrong with a label or annotation key; empty when nothing is. Several faults are joined by {@code "; "}. */
    public static String keyError(String key) {
        List<String> faults = new ArrayList<>();
        String[] parts = key.split("/", -1);
        String name = parts[parts.length - 1];
        if (parts.length == 2) {
            if (parts[0].isEmpty()) {
                faults.add("prefix part must be non-empty");
            } else if (!subdomainError(parts[0]).isEmpty()) {
                faults.add("prefix part " + subdomainError(parts[0]));
            }
        } else if (parts.length > 2) {
            return "a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with"
                    + " an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation"
                    + " is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/'"
                    + " (e.g. 'example.com/MyName')";
        }
        if (name.isEmpty()) {
            faults.add("name part must be non-empty");
        } else if (name.length() > 63) {
            faults.add("name part must be no more than 63 bytes");
        }
        if (!QUALIFIED.matcher(name).matches()) {
            faults.add(
                    "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                            + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is"
                            + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')");
        }
        return String.join("; ", faults);
    }

    /** What is wrong with a label value; empty when nothing is. */
    public static String valueError(String value) {
        List<String> faults = new ArrayList<>();
        if (value.length() > 63) {
            faults.add("must be no more than 63 bytes");
        }
        if (!VALUE.matcher(value).matches()) {
            faults.add(
                    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and"
                            + " must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345',"
                            + " regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')");
        }
        return String.join("; ", faults);
    }

    /** What is wrong with a lower-case DNS subdomain; empty when nothing is. */
    public static String subdomainError(String name) {
        List<String> faults = new ArrayList<>();
        if (name.length() > 253) {
            faults.add("must be no more than 253 bytes");
        }
        if (!SUBDOMAIN.matcher(name).matches()) {
            faults.add(
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and"
                            + " must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation"
                            + " is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
        }
        return String.join("; ", faults);
    }

    /** What is wrong with a lower-case DNS label; empty when nothing is. */
    public static String labelError(String name) {
        List<String> faults = new ArrayList<>();
        if (name.length() > 63) {
            faults.add("must be no more than 63 bytes");
        }
        if (!LABEL.matcher(name).matches()) {
            faults.add(
                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start"
                            + " and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation"
                            + " is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')");
        }
        return String.join("; ", faults);
    }
}
