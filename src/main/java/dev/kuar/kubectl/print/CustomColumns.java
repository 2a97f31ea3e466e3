package dev.kuar.kubectl.print;

import dev.kuar.kubectl.data.Go;
import dev.kuar.kubectl.data.JsonPath;
import dev.kuar.kubectl.data.ParseException;
import dev.kuar.kubectl.data.TabWriter;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the columns that the user asked for: {@code HEADER:path,…}. */
final class CustomColumns implements ObjectPrinter {
    private final List<String> headers = new ArrayList<>();
    private final List<JsonPath> paths = new ArrayList<>();
    private boolean withHeaders;

    private CustomColumns(boolean withHeaders) {
        this.withHeaders = withHeaders;
    }

    static CustomColumns parse(String spec, boolean noHeaders) {
        if (spec.isEmpty()) {
            throw Failure.error("custom-columns format specified but no custom columns given");
        }
        CustomColumns columns = new CustomColumns(!noHeaders);
        for (String part : split(spec)) {
            int colon = part.indexOf(':');
            if (colon < 0) {
                throw Failure.error("unexpected custom-columns spec: " + part + ", expected <header>:<json-path-expr>");
            }
            columns.add(part.substring(0, colon), part.substring(colon + 1));
        }
        return columns;
    }

    static CustomColumns parseFile(String text, boolean noHeaders) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.size() < 2) {
            throw Failure.error("custom columns file needs a line of headers and a line of paths");
        }
        String[] headers = lines.get(0).strip().split("\\s+");
        String[] paths = lines.get(1).strip().split("\\s+");
        if (headers.length != paths.length) {
            throw Failure.error("number of headers (" + headers.length + ") and field specifications (" + paths.length
                    + ") don't match");
        }
        CustomColumns columns = new CustomColumns(!noHeaders);
        for (int i = 0; i < headers.length; i++) {
            columns.add(headers[i], paths[i]);
        }
        return columns;
    }

    private static List<String> split(String spec) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < spec.length(); i++) {
            char c = spec.charAt(i);
            depth += c == '[' || c == '(' ? 1 : c == ']' || c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    private void add(String header, String path) {
        headers.add(header);
        try {
            paths.add(JsonPath.relaxed(path));
        } catch (ParseException malformed) {
            throw Failure.error(malformed.text(), malformed);
        }
    }

    @Override
    public String print(Tree object) {
        StringBuilder text = new StringBuilder();
        if (withHeaders) {
            text.append(String.join("\t", headers)).append('\n');
            withHeaders = false;
        }
        if (object.kind().endsWith("List") && object.at("items").isList()) {
            object.items("items").forEach(item -> row(item, text));
        } else {
            row(object, text);
        }
        return TabWriter.TABLE.align(text.toString());
    }

    private void row(Tree object, StringBuilder text) {
        List<String> cells = new ArrayList<>();
        for (JsonPath path : paths) {
            List<Object> found;
            try {
                found = path.find(object.value());
            } catch (ParseException outOfBounds) {
                found = List.of();
            }
            cells.add(found.isEmpty() ? "<none>" : found.stream().map(Go::value).collect(Collectors.joining(",")));
        }
        text.append(String.join("\t", cells).replace("\n", "\\n")).append('\n');
    }
}
