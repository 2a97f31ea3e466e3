package dev.kuar.practice.python;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Which type a file is by the end of its name, as Python's {@code mimetypes} has it. */
final class MediaTypes {
    private static final Map<String, String> KNOWN =
            read("text/html html htm; text/plain txt c h bat ksh pl; text/css css;"
                    + " text/csv csv; text/markdown md markdown; text/x-python py; text/xml xml; text/tab-separated-values tsv;"
                    + " text/x-sgml sgm sgml; text/n3 n3; text/vtt vtt; application/json json; application/pdf pdf;"
                    + " application/wasm wasm; application/zip zip; application/gzip gz; application/x-bzip2 bz2; application/x-xz xz;"
                    + " application/x-tar tar; application/x-sh sh; application/x-python-code pyc; application/postscript ps eps ai;"
                    + " application/msword doc; application/octet-stream bin exe dll so o a obj; application/manifest+json webmanifest;"
                    + " image/png png; image/jpeg jpg jpeg jpe; image/gif gif; image/svg+xml svg; image/bmp bmp; image/tiff tif tiff;"
                    + " image/vnd.microsoft.icon ico; audio/mpeg mp3 mp2; audio/x-wav wav; video/mp4 mp4; video/mpeg mpeg mpg;"
                    + " video/webm webm; video/quicktime mov qt");

    private MediaTypes() {}

    private static Map<String, String> read(String table) {
        Map<String, String> known = new HashMap<>();
        for (String row : table.split("; ")) {
            String[] words = row.split(" ");
            for (int i = 1; i < words.length; i++) {
                known.put(words[i], words[0]);
            }
        }
        return Map.copyOf(known);
    }

    static String of(String path, int minor) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        String end = dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        if (end.equals("js") || end.equals("mjs")) {
            return minor < 12 ? "application/javascript" : "text/javascript";
        }
        if (end.equals("webp") && minor >= 13) {
            return "image/webp";
        }
        if ((end.equals("yaml") || end.equals("yml")) && minor >= 14) {
            return "application/yaml";
        }
        return KNOWN.getOrDefault(end, "application/octet-stream");
    }
}
