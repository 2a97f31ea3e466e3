package dev.kuar.practice.container;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command line of curl. */
final class CurlOptions {
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> urls = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private final StringBuilder data = new StringBuilder();
    private boolean hasData;
    private String complaint = "";

    private CurlOptions() {}

    static CurlOptions of(List<String> args, FileView files) {
        CurlOptions options = new CurlOptions();
        options.headers.put("User-Agent", "curl/8.14.1");
        options.headers.put("Accept", "*/*");
        for (int i = 0; i < args.size() && options.complaint.isEmpty(); i++) {
            String arg = args.get(i);
            if (arg.equals("--")) {
                options.urls.addAll(args.subList(i + 1, args.size()));
                break;
            } else if (arg.startsWith("--")) {
                i = options.word(arg, args, i, files);
            } else if (arg.startsWith("-") && arg.length() > 1) {
                i = options.letters(arg, args, i, files);
            } else {
                options.urls.add(arg);
            }
        }
        return options;
    }

    /** A long name, which may be cut where no other begins so; {@code no-} before it takes a flag back. */
    private int word(String arg, List<String> args, int at, FileView files) {
        CurlOptionTable table = CurlOptionTable.builtIn();
        String given = arg.substring(2);
        List<String> meant = table.meant(given);
        if (meant.size() > 1) {
            complaint = "option " + arg + ": is ambiguous";
        } else if (meant.isEmpty()) {
            String flag = given.startsWith("no-") ? given.substring(3) : "";
            if (!table.meant(flag).equals(List.of(flag)) || table.takesValue(flag)) {
                complaint = "option " + arg + ": is unknown";
            }
            values.remove(flag);
        } else if (table.takesValue(meant.get(0))) {
            return valued(arg, meant.get(0), args, at + 1, files);
        } else {
            values.put(meant.get(0), "");
        }
        return at;
    }

    /** Letters together, the last of which may take what follows. */
    private int letters(String arg, List<String> args, int at, FileView files) {
        for (int j = 1; j < arg.length(); j++) {
            String letter = arg.substring(j, j + 1);
            String name = CurlOptionTable.builtIn().ofLetter(letter);
            if (name.isEmpty()) {
                complaint = "option -" + letter + ": is unknown";
                return at;
            }
            if (CurlOptionTable.builtIn().takesValue(name)) {
                String rest = arg.substring(j + 1);
                if (!rest.isEmpty()) {
                    take(name, rest, files);
                    return at;
                }
                return valued("-" + letter, name, args, at + 1, files);
            }
            values.put(name, "");
        }
        return at;
    }

    private int valued(String shown, String name, List<String> args, int at, FileView files) {
        if (at >= args.size()) {
            complaint = "option " + shown + ": requires parameter";
            return at;
        }
        take(name, args.get(at), files);
        return at;
    }

    private void take(String name, String value, FileView files) {
        switch (name) {
            case "header" -> {
                String key = value.replaceFirst("[:;].*", "").strip();
                headers.keySet().removeIf(key::equalsIgnoreCase);
                String content = value.contains(":") ? value.replaceFirst("[^:]*:\\s*", "") : "";
                if (!content.isEmpty() || value.endsWith(";")) {
                    headers.put(key, content);
                }
            }
            case "data", "data-ascii", "data-binary", "data-raw", "json" -> {
                boolean file = value.startsWith("@") && !name.equals("data-raw");
                String text = file ? read(value.substring(1), files) : value;
                add(
                        name.startsWith("data") && file && !name.equals("data-binary")
                                ? text.replaceAll("[\r\n]", "")
                                : text);
                if (name.equals("json")) {
                    headers.put("Content-Type", "application/json");
                    headers.put("Accept", "application/json");
                }
            }
            case "data-urlencode" -> {
                int equal = value.indexOf('=');
                String content = URLEncoder.encode(value.substring(equal + 1), StandardCharsets.UTF_8)
                        .replace("+", "%20");
                add(equal > 0 ? value.substring(0, equal + 1) + content : content);
            }
            case "url" -> urls.add(value);
            case "output" -> outputs.add(value);
            case "user" ->
                headers.put(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
            case "oauth2-bearer" -> headers.put("Authorization", "Bearer " + value);
            case "user-agent" -> headers.put("User-Agent", value);
            case "referer" -> headers.put("Referer", value);
            case "cookie" -> headers.put("Cookie", value);
            case "range" -> headers.put("Range", "bytes=" + value);
            case "upload-file" -> {
                values.put(name, value);
                add(read(value, files));
            }
            default -> values.merge(name, value, (a, b) -> name.equals("resolve") ? a + " " + b : b);
        }
    }

    private String read(String path, FileView files) {
        try {
            return path.equals("-") ? "" : files.readText(path);
        } catch (FileError e) {
            complaint = "Failed to open " + path;
            return "";
        }
    }

    private void add(String text) {
        if (hasData && data.length() > 0) {
            data.append('&');
        }
        data.append(text);
        hasData = true;
    }

    /** What is wrong with the command line; empty where nothing is. */
    String complaint() {
        return complaint;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name) {
        return values.getOrDefault(name, "");
    }

    /** In milliseconds; {@code otherwise} where it is not said. */
    long millis(String name, long otherwise) {
        String text = text(name);
        return text.matches("\\d{1,6}(\\.\\d+)?") ? (long) (Double.parseDouble(text) * 1000) : otherwise;
    }

    List<String> urls() {
        return urls;
    }

    /** Where the body of the {@code index}th URL goes; empty for standard output. */
    String output(int index) {
        return index < outputs.size() ? outputs.get(index) : "";
    }

    Map<String, String> headers() {
        Map<String, String> all = new LinkedHashMap<>(headers);
        if (hasData
                && !has("get")
                && !has("upload-file")
                && all.keySet().stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
            all.put("Content-Type", "application/x-www-form-urlencoded");
        }
        return all;
    }

    byte[] body() {
        return has("get") ? new byte[0] : data.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What {@code -G} adds to the URL. */
    String query() {
        return has("get") ? data.toString() : "";
    }

    String method() {
        return has("request")
                ? text("request")
                : has("head") ? "HEAD" : has("upload-file") ? "PUT" : hasData && !has("get") ? "POST" : "GET";
    }
}
