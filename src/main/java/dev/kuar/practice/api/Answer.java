package dev.kuar.practice.api;

import dev.kuar.practice.object.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a request that was not refused is answered with; {@code warnings} become Warning headers, in order. */
public sealed interface Answer {
    /** The HTTP status code. */
    int code();

    List<String> warnings();

    /** One object. */
    record One(int code, Served object, List<String> warnings) implements Answer {}

    /** A Status, as deletions and evictions answer it. */
    record Outcome(int code, Status status, List<String> warnings) implements Answer {}

    /**
     * A page of objects in key order.
     *
     * @param listKind for instance {@code PodList}
     * @param apiVersion of the list and its items
     * @param resourceVersion the revision that the page shows
     * @param continueToken empty on the last page
     * @param remainingItemCount negative where it is left out
     */
    record Many(
            int code,
            String listKind,
            String apiVersion,
            String resourceVersion,
            String continueToken,
            long remainingItemCount,
            List<Served> items,
            List<String> warnings)
            implements Answer {

        /** The same with other warnings. */
        public Many with(List<String> newWarnings) {
            return new Many(
                    code, listKind, apiVersion, resourceVersion, continueToken, remainingItemCount, items, newWarnings);
        }

        /**
         * Streams the list as compact JSON without a newline: the concatenation of what is stored.
         *
         * @param custom whether the list is one of custom resources, which says its token even where it is empty
         */
        public void writeJson(OutputStream out, boolean custom) throws IOException {
            StringBuilder head = new StringBuilder(160)
                    .append("{\"kind\":\"")
                    .append(listKind)
                    .append("\",\"apiVersion\":\"")
                    .append(apiVersion)
                    .append("\",\"metadata\":{");
            String comma = "";
            if (!resourceVersion.isEmpty()) {
                head.append("\"resourceVersion\":\"").append(resourceVersion).append('"');
                comma = ",";
            }
            if (custom || !continueToken.isEmpty()) {
                head.append(comma)
                        .append("\"continue\":\"")
                        .append(continueToken)
                        .append('"');
                comma = ",";
            }
            if (remainingItemCount >= 0) {
                head.append(comma).append("\"remainingItemCount\":").append(remainingItemCount);
            }
            out.write(head.append("},\"items\":[").toString().getBytes(StandardCharsets.UTF_8));
            boolean first = true;
            for (Served item : items) {
                if (!first) {
                    out.write(',');
                }
                first = false;
                item.writeItem(out);
            }
            out.write(']');
            out.write('}');
        }
    }
}
