package dev.kuar.practice.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The programs for text, by name, and what they share. */
final class TextTools {
    private TextTools() {}

    static void addTo(Map<String, Tool> tools) {
        CatTool.addTo(tools);
        tools.put("tail", new TailTool());
        tools.put("awk", AwkTool::awk);
        TurnTools.addTo(tools);
        HeadTool.addTo(tools);
        WcTool.addTo(tools);
        SortTool.addTo(tools);
        UniqTool.addTo(tools);
        CutTool.addTo(tools);
        TrTool.addTo(tools);
        GrepTool.addTo(tools);
        SedTool.addTo(tools);
        NlTool.addTo(tools);
        TeeTool.addTo(tools);
        Base64Tool.addTo(tools);
        JoinTool.addTo(tools);
    }

    static List<String> split(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.isEmpty()
                ? List.of()
                : Arrays.asList((text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1));
    }

    static void pump(Task task, InputStream in) throws IOException {
        byte[] buffer = new byte[8192];
        int got = in.read(buffer);
        while (got >= 0) {
            task.out().write(buffer, 0, got);
            got = in.read(buffer);
        }
    }
}
