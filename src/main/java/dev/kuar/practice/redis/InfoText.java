package dev.kuar.practice.redis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What INFO says. */
final class InfoText {
    private final RedisServer server;

    private InfoText(RedisServer server) {
        this.server = server;
    }

    /** @param wanted names of sections; empty, {@code default}, {@code all} and {@code everything} for all */
    static String of(RedisServer server, List<String> wanted) {
        InfoText text = new InfoText(server);
        Map<String, Consumer<List<String>>> sections = new LinkedHashMap<>();
        sections.put("Server", text::server);
        sections.put("Clients", text::clients);
        sections.put("Memory", text::memory);
        sections.put("Persistence", text::persistence);
        sections.put("Stats", text::statistics);
        sections.put("Replication", server.replication()::tell);
        sections.put("CPU", text::processor);
        sections.put("Modules", lines -> {});
        sections.put("Errorstats", text::errors);
        sections.put("Cluster", lines -> lines.add("cluster_enabled:0"));
        sections.put("Keyspace", text::keyspace);
        Set<String> names = new TreeSet<>();
        wanted.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        boolean all =
                names.isEmpty() || names.contains("default") || names.contains("all") || names.contains("everything");
        List<String> parts = new ArrayList<>();
        sections.forEach((name, writer) -> {
            if (all || names.contains(name.toLowerCase(Locale.ROOT))) {
                List<String> lines = new ArrayList<>();
                lines.add("# " + name);
                writer.accept(lines);
                parts.add(String.join("\r\n", lines) + "\r\n");
            }
        });
        return String.join("\r\n", parts);
    }

    private long uptime() {
        return (server.keys().now() - server.statistics().started().toEpochMilli()) / 1000;
    }

    private void server(List<String> lines) {
        lines.add("redis_version:" + server.host().version());
        lines.add("redis_git_sha1:00000000");
        lines.add("redis_git_dirty:0");
        lines.add("redis_build_id:" + server.runId().substring(0, 16));
        lines.add("redis_mode:standalone");
        lines.add("os:Linux x86_64");
        lines.add("arch_bits:64");
        lines.add("monotonic_clock:POSIX clock_gettime");
        lines.add("multiplexing_api:epoll");
        lines.add("atomicvar_api:c11-builtin");
        lines.add("process_id:" + server.host().pid());
        lines.add("process_supervised:no");
        lines.add("run_id:" + server.runId());
        lines.add("tcp_port:" + server.port());
        lines.add("server_time_usec:" + server.keys().now() * 1000);
        lines.add("uptime_in_seconds:" + uptime());
        lines.add("uptime_in_days:" + uptime() / 86400);
        lines.add("hz:" + server.config().text("hz"));
        lines.add("configured_hz:" + server.config().text("hz"));
        lines.add("lru_clock:" + (server.keys().now() / 1000 & 0xffffff));
        lines.add("executable:" + server.host().directory() + "/redis-server");
        lines.add("config_file:" + server.config().file());
        lines.add("io_threads_active:0");
    }

    private void clients(List<String> lines) {
        long replicas = server.replication().replicas().size();
        lines.add("connected_clients:" + (server.sessions().size() - replicas));
        lines.add("cluster_connections:0");
        lines.add("maxclients:" + server.config().text("maxclients"));
        lines.add("client_recent_max_input_buffer:0");
        lines.add("client_recent_max_output_buffer:0");
        lines.add("blocked_clients:" + server.blocked().size());
        lines.add("tracking_clients:0");
        lines.add("clients_in_timeout_table:0");
    }

    /** As redis rounds it: {@code 919.39K}. */
    static String human(long bytes) {
        if (bytes < 1024) {
            return bytes + "B";
        }
        double value = bytes / 1024.0;
        int unit = 0;
        while (value >= 1024 && unit < 3) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.2f%c", value, "KMGT".charAt(unit));
    }

    private static void amount(List<String> lines, String name, long bytes) {
        lines.add(name + ":" + bytes);
        lines.add(name + "_human:" + human(bytes));
    }

    private void memory(List<String> lines) {
        long used = Eviction.used(server);
        long peak = server.statistics().peak(used);
        amount(lines, "used_memory", used);
        amount(lines, "used_memory_rss", used + 7_000_000);
        amount(lines, "used_memory_peak", peak);
        lines.add("used_memory_peak_perc:" + String.format(Locale.ROOT, "%.2f%%", 100.0 * used / peak));
        lines.add("used_memory_overhead:" + (used - server.keys().bytes()));
        lines.add("used_memory_startup:" + Eviction.STARTUP);
        lines.add("used_memory_dataset:" + server.keys().bytes());
        amount(lines, "used_memory_lua", 32768);
        amount(lines, "maxmemory", server.config().number("maxmemory"));
        lines.add("maxmemory_policy:" + server.config().text("maxmemory-policy"));
        lines.add("mem_fragmentation_ratio:" + String.format(Locale.ROOT, "%.2f", (used + 7e6) / used));
        lines.add("mem_allocator:jemalloc-5.3.0");
        lines.add("active_defrag_running:0");
        lines.add("lazyfree_pending_objects:0");
    }

    private void persistence(List<String> lines) {
        Persistence files = server.persistence();
        lines.add("loading:0");
        lines.add("async_loading:0");
        lines.add("rdb_changes_since_last_save:" + files.unsaved());
        lines.add("rdb_bgsave_in_progress:0");
        lines.add("rdb_last_save_time:" + files.lastSave());
        lines.add("rdb_last_bgsave_status:" + (files.lastWorked() ? "ok" : "err"));
        lines.add("rdb_last_bgsave_time_sec:" + (files.saves() == 0 ? -1 : 0));
        lines.add("rdb_current_bgsave_time_sec:-1");
        lines.add("rdb_saves:" + files.saves());
        lines.add("aof_enabled:" + (files.isAppending() ? 1 : 0));
        lines.add("aof_rewrite_in_progress:0");
        lines.add("aof_rewrite_scheduled:0");
        lines.add("aof_last_rewrite_time_sec:-1");
        lines.add("aof_last_bgrewrite_status:ok");
        lines.add("aof_last_write_status:ok");
    }

    private void statistics(List<String> lines) {
        Statistics all = server.statistics();
        lines.add("total_connections_received:" + all.connections());
        lines.add("total_commands_processed:" + all.commands());
        lines.add("instantaneous_ops_per_sec:0");
        lines.add("rejected_connections:0");
        lines.add("sync_full:" + server.replication().replicas().size());
        lines.add("sync_partial_ok:0");
        lines.add("sync_partial_err:0");
        lines.add("expired_keys:" + server.keys().expired());
        lines.add("evicted_keys:" + all.evictions());
        lines.add("keyspace_hits:" + all.hits());
        lines.add("keyspace_misses:" + all.misses());
        lines.add("pubsub_channels:" + server.channels().channelCount());
        lines.add("pubsub_patterns:" + server.channels().patternCount());
        lines.add("latest_fork_usec:0");
        lines.add("total_forks:" + server.persistence().saves());
        lines.add("total_error_replies:" + all.failures());
    }

    private void processor(List<String> lines) {
        lines.add("used_cpu_sys:" + String.format(Locale.ROOT, "%.6f", uptime() * 0.0009));
        lines.add("used_cpu_user:" + String.format(Locale.ROOT, "%.6f", uptime() * 0.0011));
        lines.add("used_cpu_sys_children:0.000000");
        lines.add("used_cpu_user_children:0.000000");
    }

    private void errors(List<String> lines) {
        server.statistics().errors().forEach((name, count) -> lines.add("errorstat_" + name + ":count=" + count));
    }

    private void keyspace(List<String> lines) {
        for (int number = 0; number < server.keys().count(); number++) {
            int keys = server.keys().keys(number).size();
            if (keys > 0) {
                long now = server.keys().now();
                long[] ends = server.keys().entries(number).values().stream()
                        .mapToLong(each -> each.end)
                        .filter(end -> end > 0)
                        .map(end -> end - now)
                        .toArray();
                long average =
                        ends.length == 0 ? 0 : java.util.Arrays.stream(ends).sum() / ends.length;
                lines.add("db" + number + ":keys=" + keys + ",expires=" + ends.length + ",avg_ttl=" + average);
            }
        }
    }
}
