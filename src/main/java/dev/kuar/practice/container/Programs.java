package dev.kuar.practice.container;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The programs that images can contain, by name. */
final class Programs {
    private final Map<String, Tool> tools = new HashMap<>();

    Programs() {
        tools.put("server", new ServerTool());
        tools.put("pause", new PauseTool());
        SleepTool.addTo(tools);
        FileTools.addTo(tools);
        TextTools.addTo(tools);
        SystemTools.addTo(tools);
        NetTools.addTo(tools);
        tools.put("ls", new ListTool());
        tools.put("tar", new TarTool());
        tools.put("etcdctl", new EtcdctlTool());
        tools.put("etcdutl", new EtcdctlTool());
        for (String name : java.util.List.of("sh", "ash", "bash", "dash")) {
            tools.put(name, new ShellTool());
        }
    }

    @Nullable
    Tool find(String name) {
        return tools.get(name);
    }
}
