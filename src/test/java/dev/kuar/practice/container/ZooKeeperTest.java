package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.FakeApiClient;
import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.time.ManualClock;
import dev.kuar.practice.time.SystemClusterClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** ZooKeeper in containers: a server alone, an ensemble with its leader, majority and files, the client's words. */
final class ZooKeeperTest {
    private static final String OLD = "registry.k8s.io/kubernetes-zookeeper:1.0-3.4.10";

    private final SystemClusterClock clock = SystemClusterClock.realTime();
    private final ClusterNetwork network = new ClusterNetwork(new FakeApiClient(new ManualClock()), false);
    private final ContainerRuntime runtime =
            new ContainerRuntime(clock, network, ContainerRuntime.ClusterServices.NONE);
    private int count;

    @AfterEach
    void stop() {
        runtime.close();
        clock.close();
    }

    private Container create(String image, String... command) throws Exception {
        NetworkNamespace stack = new NetworkNamespace("10.244.1." + ++count, "node");
        network.attach(stack);
        Image found = ImageCatalogue.builtIn()
                .find(ImageReference.parse(image).orElseThrow())
                .orElseThrow();
        Container container = runtime.create(
                new ContainerSpec(
                        "0".repeat(64),
                        "main",
                        found,
                        List.of(command),
                        List.of(),
                        Map.of(),
                        "",
                        "",
                        List.of(),
                        true,
                        List.of(),
                        false,
                        false,
                        false,
                        Share.ANY,
                        Confinement.DEFAULT,
                        KernelSettings.ofMachine(),
                        "zk-" + (count - 1),
                        stack,
                        Machine.small(clock.now().minusSeconds(7500))),
                (stream, bytes, offset, length) -> {});
        container.start();
        return container;
    }

    private static String sh(Container box, String script) throws Exception {
        return Box.run(box, "sh", "-c", script);
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        for (long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1); !condition.call(); Thread.sleep(5)) {
            assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
        }
    }

    /** What the client prints once it is connected. */
    private static String cli(Container box, String command) throws Exception {
        return sh(box, "zkCli.sh " + command).replaceFirst("(?s)^.*path:null\n", "");
    }

    private static String mode(Container box) throws Exception {
        return sh(box, "echo srvr | nc 127.0.0.1 2181 | grep Mode").replaceFirst("(?s)^Mode: (\\w+).*", "$1");
    }

    private List<Container> ensemble() throws Exception {
        List<Container> servers = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            Container box = create(OLD, "sleep", "3600");
            sh(
                    box,
                    "mkdir -p /data; echo " + i + " > /data/myid; printf 'tickTime=200\\ninitLimit=300\\nsyncLimit=5\\n"
                            + "dataDir=/data\\nclientPort=2181\\nserver.1=10.244.1.1:2888:3888\\nserver.2=10.244.1.2:2888:3888\\n"
                            + "server.3=10.244.1.3:2888:3888\\n' > /opt/zookeeper/conf/zoo.cfg; touch /log");
            servers.add(box);
        }
        return servers;
    }

    private static void startServer(Container box) throws Exception {
        sh(box, "zkServer.sh start-foreground >> /log 2>&1 &");
        until(() -> sh(box, "echo ruok | nc 127.0.0.1 2181").equals("imok"));
    }

    private static void stopServer(Container box) throws Exception {
        sh(box, "pkill -9 java");
        until(() -> sh(box, "pgrep java").equals("=1"));
    }

    @Test
    void a_server_alone() throws Exception {
        Container box = create("zookeeper:3.9");
        until(() -> sh(box, "zkServer.sh status 2>/dev/null").endsWith("Mode: standalone\n"));
        assertThat(cli(box, "create /hello world")).isEqualTo("Created /hello\n");
        assertThat(cli(box, "create /hello again")).isEqualTo("!Node already exists: /hello\n=1");
        assertThat(cli(box, "get /hello")).isEqualTo("world\n");
        assertThat(cli(box, "set /hello there")).isEmpty();
        assertThat(cli(box, "get -s /hello")).startsWith("there\ncZxid = 0x2\n").contains("dataVersion = 1\n");
        assertThat(cli(box, "create -s /hello/job- 1")).isEqualTo("Created /hello/job-0000000000\n");
        assertThat(cli(box, "ls /")).isEqualTo("[hello, zookeeper]\n");
        assertThat(cli(box, "delete /hello")).isEqualTo("!Node not empty: /hello\n=1");
        assertThat(cli(box, "deleteall /hello")).isEmpty();
        assertThat(cli(box, "get /hello")).isEqualTo("!Node does not exist: /hello\n=1");
        assertThat(cli(box, "create -e /gone x")).isEqualTo("Created /gone\n");
        assertThat(cli(box, "ls /")).isEqualTo("[zookeeper]\n");
        assertThat(cli(box, "create nopath x")).isEqualTo("!Path must start with / character\n=1");
        assertThat(sh(box, "echo ruok | nc localhost 2181"))
                .isEqualTo("ruok is not executed because it is not in the whitelist.\n");
        assertThat(sh(box, "zkCli.sh -server 127.0.0.1:2181 ls / | head -1"))
                .isEqualTo("Connecting to 127.0.0.1:2181\n");
    }

    @Test
    void a_prompt_keeps_its_session() throws Exception {
        Container box = create("zookeeper:3.9");
        until(() -> sh(box, "zkServer.sh status 2>/dev/null").endsWith("Mode: standalone\n"));
        assertThat(sh(
                                box,
                                "printf 'create -e /mine a\\nls /\\nget -w /mine\\nset /mine \"b c\"\\nget /mine\\nquit\\n' | zkCli.sh")
                        .replaceFirst("(?s)^.*JLine support is disabled\n", ""))
                .isEqualTo("Created /mine\n[mine, zookeeper]\na\n\nWATCHER::\n\n"
                        + "WatchedEvent state:SyncConnected type:NodeDataChanged path:/mine\nb c\n");
        assertThat(cli(box, "ls /")).isEqualTo("[zookeeper]\n");
    }

    @Test
    void an_ensemble_elects_a_leader_and_agrees_by_majority() throws Exception {
        List<Container> servers = ensemble();
        startServer(servers.get(0));
        assertThat(sh(servers.get(0), "echo srvr | nc 127.0.0.1 2181"))
                .isEqualTo("This ZooKeeper instance is not currently serving requests\n");
        startServer(servers.get(1));
        until(() ->
                mode(servers.get(1)).equals("leader") && mode(servers.get(0)).equals("follower"));
        startServer(servers.get(2));
        until(() -> mode(servers.get(2)).equals("follower"));
        assertThat(cli(servers.get(0), "create /hello world")).isEqualTo("!Created /hello\n");
        assertThat(cli(servers.get(2), "get /hello"))
                .startsWith("world\ncZxid = 0x100000002\nctime = ")
                .endsWith(
                        "\ncversion = 0\ndataVersion = 0\naclVersion = 0\nephemeralOwner = 0x0\ndataLength = 5\nnumChildren = 0\n");

        stopServer(servers.get(1));
        until(() ->
                mode(servers.get(2)).equals("leader") && mode(servers.get(0)).equals("follower"));
        assertThat(cli(servers.get(0), "set /hello moon"))
                .startsWith("cZxid = 0x100000002\n")
                .contains("mZxid = 0x2");

        stopServer(servers.get(0));
        until(() -> sh(servers.get(2), "echo stat | nc 127.0.0.1 2181").startsWith("This ZooKeeper instance is not"));

        startServer(servers.get(1));
        until(() -> mode(servers.get(1)).equals("follower"));
        assertThat(cli(servers.get(1), "get /hello")).startsWith("moon\n");
        assertThat(sh(servers.get(1), "cat /data/version-2/currentEpoch")).isEqualTo("3");
    }

    @Test
    void what_was_agreed_upon_outlives_all_servers() throws Exception {
        List<Container> servers = ensemble();
        for (Container server : servers) {
            startServer(server);
        }
        until(() -> sh(servers.get(0), "echo mntr | nc 127.0.0.1 2181").contains("zk_server_state"));
        assertThat(cli(servers.get(0), "create /kept value")).isEqualTo("!Created /kept\n");
        for (Container server : servers) {
            until(() -> cli(server, "get /kept").startsWith("value\n"));
            stopServer(server);
            startServer(server);
        }
        for (Container server : servers) {
            stopServer(server);
        }
        for (Container server : servers) {
            startServer(server);
        }
        until(() -> cli(servers.get(2), "get /kept").startsWith("value\n"));
        assertThat(sh(servers.get(0), "ls /data/version-2")).contains("currentEpoch");
    }

    @Test
    void the_script_of_the_tutorials_image() throws Exception {
        Container box = create(OLD, "sh", "-c", "start-zookeeper --servers=1 --tick_time=500 --heap=512M");
        until(() -> sh(box, "zookeeper-ready 2181").isEmpty());
        assertThat(sh(box, "cat /usr/etc/zookeeper/zoo.cfg"))
                .isEqualTo(
                        "#This file was autogenerated DO NOT EDIT\nclientPort=2181\ndataDir=/var/lib/zookeeper/data\n"
                                + "dataLogDir=/var/lib/zookeeper/log\ntickTime=500\ninitLimit=10\nsyncLimit=5\nmaxClientCnxns=60\n"
                                + "minSessionTimeout=1000\nmaxSessionTimeout=10000\nautopurge.snapRetainCount=3\nautopurge.purgeInteval=0\n");
        assertThat(sh(box, "ps -ef | grep QuorumPeerMain | grep -v grep")).contains(" java -Dzookeeper.log.dir=");
        assertThat(cli(box, "create /a b")).isEqualTo("!Created /a\n");
        assertThat(cli(box, "nonsense")).startsWith("!ZooKeeper -server host:port cmd args\n");
        assertThat(sh(box, "hostname -f")).startsWith("zk-0");
    }
}
