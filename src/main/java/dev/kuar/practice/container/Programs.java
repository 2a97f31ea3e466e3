package dev.kuar.practice.container;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The programs that images can contain, by name. */
final class Programs {
    private final Map<String, Tool> tools = new HashMap<>();

    Programs() {
        tools.put("server", new ServerTool());
        tools.put("pause", new PauseTool());
        tools.put("apt-get", new AptTool());
        tools.put("apt", new AptTool());
        tools.put("apk", new ApkTool());
        tools.put("procps", new ProcpsTool());
        tools.put("perl", new PerlTool());
        tools.put("java", new JavaTool());
        tools.put("python", new PythonTool());
        tools.put("nginx", new NginxTool());
        tools.put("envsubst", new EnvsubstTool());
        tools.put("agnhost", new Agnhost());
        tools.put("sample-apiserver", new ExtensionServerTool());
        SleepTool.addTo(tools);
        FileTools.addTo(tools);
        TextTools.addTo(tools);
        SystemTools.addTo(tools);
        NetTools.addTo(tools);
        ListTool.addTo(tools);
        tools.put("hexdump", new HexTool());
        tools.put("hd", new HexTool());
        tools.put("tar", new TarTool());
        GzipTool.addTo(tools);
        ChecksumTool.addTo(tools);
        DiffTool.addTo(tools);
        CmpTool.addTo(tools);
        OdTool.addTo(tools);
        ColumnTools.addTo(tools);
        PieceTools.addTo(tools);
        NumberTools.addTo(tools);
        CalTool.addTo(tools);
        GetoptTool.addTo(tools);
        UuTools.addTo(tools);
        HostTools.addTo(tools);
        SignalTools.addTo(tools);
        NetstatTool.addTo(tools);
        RouteTools.addTo(tools);
        HostLookupTool.addTo(tools);
        WatchTool.addTo(tools);
        HttpdTool.addTo(tools);
        ViTool.addTo(tools);
        Unmodelled.addTo(tools);
        tools.put("redis-server", new RedisServerTool());
        tools.put("redis-cli", new RedisCliTool());
        for (String name : List.of("mysql", "mariadb")) {
            tools.put(name, new MysqlTool());
            tools.put(name + (name.equals("mysql") ? "admin" : "-admin"), new MysqlAdminTool());
        }
        tools.put("postgres", new PostgresTool());
        tools.put("psql", new PsqlTool());
        tools.put("pg_isready", new PsqlTool());
        tools.put("mysqld", new MysqldTool());
        tools.put("mariadbd", new MysqldTool());
        tools.put("etcdctl", new EtcdctlTool());
        tools.put("etcdutl", new EtcdctlTool());
        for (String name : List.of("sh", "ash", "dash")) {
            tools.put(name, new ShellTool(false));
        }
        for (String name : List.of("bash", "ash-1.37")) {
            tools.put(name, new ShellTool(true));
        }
    }

    @Nullable
    Tool find(String name) {
        return tools.get(name);
    }
}
