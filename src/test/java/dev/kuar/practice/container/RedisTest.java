package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** redis-server and redis-cli in pods: what is kept, who follows whom, what a prompt shows. */
final class RedisTest {
    private final StoreBench bench = new StoreBench();

    @AfterEach
    void stop() {
        bench.close();
    }

    private Container redis(String... args) throws Exception {
        return bench.serve("redis:7.0.15", Map.of(), args);
    }

    private static String cli(Container from, String line) throws Exception {
        return Box.run(from, ("redis-cli --no-raw " + line).split(" "));
    }

    @Test
    void says_in_its_log_what_redis_says() throws Exception {
        redis();
        StoreBench.until(() -> bench.log().contains("Ready to accept"));
        assertThat(bench.log())
                .contains(" # oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo\n")
                .contains(" # Redis version=7.0.15, bits=64, commit=00000000, modified=0, pid=1, just started\n")
                .contains(" * Running mode=standalone, port=6379.\n")
                .containsPattern("1:M \\d\\d \\w{3} \\d{4} [\\d:.]+ \\* Ready to accept connections\n");
    }

    @Test
    void client_shows_each_kind_of_answer() throws Exception {
        Container one = redis();
        assertThat(cli(one, "PING")).isEqualTo("PONG\n");
        assertThat(cli(one, "SET a 1")).isEqualTo("OK\n");
        assertThat(cli(one, "INCRBY a 4")).isEqualTo("(integer) 5\n");
        assertThat(cli(one, "GET a")).isEqualTo("\"5\"\n");
        assertThat(cli(one, "GET b")).isEqualTo("(nil)\n");
        assertThat(cli(one, "LRANGE l 0 -1")).isEqualTo("(empty array)\n");
        assertThat(cli(one, "RPUSH l x y")).isEqualTo("(integer) 2\n");
        assertThat(cli(one, "LRANGE l 0 -1")).isEqualTo("1) \"x\"\n2) \"y\"\n");
        assertThat(cli(one, "GET l"))
                .isEqualTo("(error) WRONGTYPE Operation against a key holding the wrong kind of value\n");
        assertThat(cli(one, "NONE x y"))
                .isEqualTo("(error) ERR unknown command 'NONE', with args beginning with: 'x' 'y' \n");
        assertThat(cli(one, "GET")).isEqualTo("(error) ERR wrong number of arguments for 'get' command\n");
        assertThat(Box.run(one, "redis-cli", "LRANGE", "l", "0", "-1")).isEqualTo("x\ny\n");
        assertThat(Box.run(one, "redis-cli", "--version")).isEqualTo("redis-cli 7.0.15\n");
        assertThat(Box.run(one, "redis-cli", "-p", "6380", "PING"))
                .isEqualTo("!Could not connect to Redis at 127.0.0.1:6380: Connection refused\n=1");
        assertThat(Box.run(one, "redis-cli", "--scan", "--pattern", "?")).isEqualTo("a\nl\n");
        assertThat(StoreBench.feed(one, "SET q \"two words\"\nGET q\n", "redis-cli"))
                .isEqualTo("OK\ntwo words\n");
    }

    @Test
    void prompt_shows_where_it_is() throws Exception {
        Container one = redis();
        assertThat(StoreBench.type(one, "CONFIG GET maxmemory\nSELECT 3\nMULTI\nINCR n\nEXEC\nexit\n", "redis-cli"))
                .contains("127.0.0.1:6379> ")
                .contains("1) \"maxmemory\"\n2) \"0\"\n")
                .contains("127.0.0.1:6379[3](TX)> ")
                .contains("QUEUED\n")
                .contains("1) (integer) 1\n");
    }

    @Test
    void file_and_arguments_configure_it() throws Exception {
        Container one = bench.start(
                "redis:7",
                Map.of(),
                List.of(),
                List.of(
                        "sh",
                        "-c",
                        "printf 'maxmemory 2mb\\nmaxmemory-policy allkeys-lru\\n' > r.conf; exec redis-server r.conf"
                                + " --requirepass s3cret"));
        StoreBench.until(() -> !one.network().ports().isEmpty());
        assertThat(cli(one, "PING")).isEqualTo("(error) NOAUTH Authentication required.\n");
        assertThat(cli(one, "-a s3cret CONFIG GET maxmemory*"))
                .startsWith(" 1) \"maxmemory\"\n 2) \"2097152\"\n")
                .contains(" 8) \"allkeys-lru\"\n")
                .contains("!Warning: Using a password with '-a'");
        assertThat(cli(one, "--no-auth-warning -a wrong PING"))
                .isEqualTo("(error) NOAUTH Authentication required.\n!AUTH failed: WRONGPASS invalid username-password"
                        + " pair or user is disabled.\n");
        assertThat(cli(one, "--no-auth-warning -a s3cret CONFIG SET maxmemory lots"))
                .isEqualTo("(error) ERR CONFIG SET failed (possibly related to argument 'maxmemory') - argument must be"
                        + " a memory value\n");
        String value = "x".repeat(20_000);
        for (int i = 0; i < 120; i++) {
            cli(one, "--no-auth-warning -a s3cret SET k" + i + " " + value);
        }
        assertThat(cli(one, "--no-auth-warning -a s3cret EXISTS k0 k119")).isEqualTo("(integer) 1\n");
    }

    @Test
    void wrong_configuration_ends_it() throws Exception {
        Container one = bench.start("redis:7", Map.of(), List.of(), List.of("redis-server", "--bind-me", "x"));
        assertThat(one.exit().get(1, TimeUnit.MINUTES).code()).isEqualTo(1);
        assertThat(bench.log()).contains(">>> 'bind-me x'\nBad directive or wrong number of arguments\n");
    }

    @Test
    void full_server_without_a_policy_refuses() throws Exception {
        Container one = redis("redis-server", "--maxmemory", "1mb");
        String value = "x".repeat(200_000);
        cli(one, "SET a " + value);
        assertThat(cli(one, "SET b 1")).isEqualTo("(error) OOM command not allowed when used memory > 'maxmemory'.\n");
        assertThat(cli(one, "DEL a")).isEqualTo("(integer) 1\n");
        assertThat(cli(one, "SET b 1")).isEqualTo("OK\n");
    }

    @Test
    void waits_for_work_as_a_queue_does() throws Exception {
        Container one = redis();
        ExecSession waiting = one.exec(List.of("redis-cli", "BLPOP", "jobs", "0"), false, false);
        StoreBench.until(() -> cli(one, "INFO clients").contains("blocked_clients:1"));
        assertThat(cli(one, "RPUSH jobs apple")).isEqualTo("(integer) 1\n");
        assertThat(waiting.exit().get(1, TimeUnit.MINUTES)).isZero();
        assertThat(new String(waiting.stdout().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("jobs\napple\n");
        assertThat(cli(one, "LLEN jobs")).isEqualTo("(integer) 0\n");
        assertThat(cli(one, "BLPOP jobs 0.01")).isEqualTo("(nil)\n");
    }

    @Test
    void listeners_hear_what_is_published() throws Exception {
        Container one = redis();
        ExecSession listener = one.exec(List.of("redis-cli", "SUBSCRIBE", "news"), false, false);
        StoreBench.until(() -> cli(one, "PUBLISH news hello").equals("(integer) 1\n"));
        byte[] heard = listener.stdout().readNBytes("subscribe\nnews\n1\nmessage\nnews\nhello\n".length());
        assertThat(new String(heard, java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("subscribe\nnews\n1\nmessage\nnews\nhello\n");
        listener.close();
    }

    @Test
    void data_outlive_the_pod_where_their_volume_does() throws Exception {
        VolumeContent kept = VolumeContent.directory(java.time.Instant.EPOCH, 0755, 0);
        List<ContainerSpec.Volume> volumes = List.of(new ContainerSpec.Volume("/data", kept, "", false));
        Container one = bench.start("redis:7", Map.of(), volumes, List.of());
        StoreBench.until(() -> !one.network().ports().isEmpty());
        cli(one, "SET a 1");
        cli(one, "ZADD z 1.5 m 2 n");
        cli(one, "SET gone 1 EX 5000");
        assertThat(StoreBench.stop(one)).isZero();
        assertThat(bench.log()).contains("DB saved on disk").contains("Redis is now ready to exit, bye bye...");
        Container two = bench.start("redis:7", Map.of(), volumes, List.of());
        StoreBench.until(() -> cli(two, "PING").equals("PONG\n"));
        assertThat(cli(two, "GET a")).isEqualTo("\"1\"\n");
        assertThat(cli(two, "ZRANGE z 0 -1 WITHSCORES")).isEqualTo("1) \"m\"\n2) \"1.5\"\n3) \"n\"\n4) \"2\"\n");
        assertThat(cli(two, "TTL gone")).containsPattern("integer\\) (4[89]\\d\\d|5000)");
        assertThat(bench.log()).contains("Done loading RDB, keys loaded: 3, keys expired: 0.");
        two.kill();
        Container three = bench.start(
                "redis:7", Map.of(), List.of(), List.of("redis-server", "--appendonly", "yes", "--save", ""));
        StoreBench.until(() -> cli(three, "PING").equals("PONG\n"));
        assertThat(Box.run(three, "ls", "/data/appendonlydir"))
                .isEqualTo("appendonly.aof.1.base.rdb\nappendonly.aof.1.incr.aof\nappendonly.aof.manifest\n");
    }

    @Test
    void what_was_appended_outlives_a_kill() throws Exception {
        VolumeContent kept = VolumeContent.directory(java.time.Instant.EPOCH, 0755, 0);
        List<ContainerSpec.Volume> volumes = List.of(new ContainerSpec.Volume("/data", kept, "", false));
        List<String> command = List.of("redis-server", "--appendonly", "yes");
        Container one = bench.start("redis:7", Map.of(), volumes, command);
        StoreBench.until(() -> cli(one, "RPUSH l a b").startsWith("(integer)"));
        cli(one, "EXPIRE l 1000");
        one.kill();
        Container two = bench.start("redis:7", Map.of(), volumes, command);
        StoreBench.until(() -> cli(two, "PING").equals("PONG\n"));
        assertThat(cli(two, "LRANGE l 0 0")).isEqualTo("1) \"a\"\n");
        assertThat(cli(two, "TTL l")).containsPattern("integer\\) (9\\d\\d|1000)");
    }

    @Test
    void replicas_follow_and_refuse_writes() throws Exception {
        Container leader = redis();
        cli(leader, "SET before 1");
        Container follower = redis("redis-server", "--replicaof", "10.244.1.1", "6379");
        StoreBench.until(() -> cli(follower, "INFO replication").contains("master_link_status:up"));
        assertThat(cli(follower, "GET before")).isEqualTo("\"1\"\n");
        cli(leader, "-n 2 SET later 2");
        StoreBench.until(() -> cli(follower, "-n 2 GET later").equals("\"2\"\n"));
        assertThat(cli(follower, "SET x 1"))
                .isEqualTo("(error) READONLY You can't write against a read only replica.\n");
        assertThat(cli(leader, "INFO replication")).contains("slave0:ip=10.244.1.2,port=6379,state=online");
        assertThat(bench.log()).contains("MASTER <-> REPLICA sync: Finished with success");
        StoreBench.stop(leader);
        StoreBench.until(() -> cli(follower, "INFO replication").contains("master_link_status:down"));
        assertThat(cli(follower, "REPLICAOF NO ONE")).isEqualTo("OK\n");
        assertThat(cli(follower, "SET x 1")).isEqualTo("OK\n");
    }

    @Test
    void guestbook_writes_to_the_leader_and_reads_from_a_follower() throws Exception {
        Container leader = redis();
        Container follower = redis("redis-server", "--replicaof", "10.244.1.1", "6379");
        Map<String, String> hosts = Map.of(
                "GET_HOSTS_FROM", "env",
                "REDIS_LEADER_SERVICE_HOST", "10.244.1.1",
                "REDIS_FOLLOWER_SERVICE_HOST", "10.244.1.2");
        Container front = bench.serve("us-docker.pkg.dev/google-samples/containers/gke/gb-frontend:v5", hosts);
        StoreBench.until(() -> cli(follower, "INFO replication").contains("master_link_status:up"));
        assertThat(Box.run(front, "curl", "-s", "http://127.0.0.1/")).contains("<title>Guestbook</title>");
        String page = "http://127.0.0.1/guestbook.php?cmd=";
        assertThat(Box.run(front, "curl", "-s", page + "set&key=messages&value=hi%2Cyou"))
                .isEqualTo("{\"message\": \"Updated\"}");
        StoreBench.until(
                () -> Box.run(front, "curl", "-s", page + "get&key=messages").equals("{\"data\": \"hi,you\"}"));
        StoreBench.stop(leader);
        assertThat(Box.run(front, "curl", "-s", "-w", "%{http_code}", page + "set&key=messages&value=x"))
                .isEqualTo("500");
        assertThat(bench.log()).contains("Connection refused [tcp://10.244.1.1:6379]");
    }

    @Test
    void docker_hub_itself_means_its_library() {
        assertThat(ImageReference.parse("docker.io/redis:6.0.5").orElseThrow().name())
                .isEqualTo("docker.io/library/redis");
    }

    @Test
    void what_it_holds_counts_against_the_limit() throws Exception {
        Container one = redis();
        one.resize(new Share(0, 0, 32 << 20, 0));
        assertThat(cli(one, "SETRANGE some 1000000 x")).isEqualTo("(integer) 1000001\n");
        assertThat(one.isRunning()).isTrue();
        Box.run(one, "redis-cli", "SETRANGE", "more", "60000000", "x");
        assertThat(one.exit().get(1, TimeUnit.MINUTES).reason()).isEqualTo("OOMKilled");
    }
}
