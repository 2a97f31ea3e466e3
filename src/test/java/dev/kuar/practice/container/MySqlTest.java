package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** mysqld, mysql and mysqladmin in pods of the images mysql and mariadb. */
final class MySqlTest {
    private static final String WARNING =
            "mysql: [Warning] Using a password on the command line interface can be insecure.\n";

    private final StoreBench bench = new StoreBench();

    @AfterEach
    void stop() {
        bench.close();
    }

    private Container server(Map<String, String> env, List<ContainerSpec.Volume> volumes) throws Exception {
        Container container = bench.start("mysql:9", env, volumes, List.of());
        StoreBench.until(() -> !container.network().ports().isEmpty());
        return container;
    }

    private static String sql(Container from, String statements) throws Exception {
        return Box.run(from, "mysql", "-h", "10.244.1.1", "-ppassword", "-e", statements)
                .replace(WARNING, "")
                .replaceFirst("!$", "");
    }

    @Test
    void wants_to_know_the_password_of_root() throws Exception {
        Container one = bench.start("mysql:9", Map.of(), List.of(), List.of());
        assertThat(one.exit().get(1, TimeUnit.MINUTES).code()).isEqualTo(1);
        assertThat(bench.log())
                .contains("[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified\n")
                .contains("    - MYSQL_RANDOM_ROOT_PASSWORD\n");
    }

    @Test
    void statements_and_refusals_as_of_mysql() throws Exception {
        Container one = server(Map.of("MYSQL_ROOT_PASSWORD", "password"), List.of());
        assertThat(sql(one, "SHOW DATABASES"))
                .isEqualTo("Database\ninformation_schema\nmysql\nperformance_schema\nsys\n");
        assertThat(sql(
                        one,
                        "CREATE DATABASE app; USE app; CREATE TABLE pets (id INT AUTO_INCREMENT PRIMARY KEY, name"
                                + " VARCHAR(20) NOT NULL UNIQUE, price DECIMAL(6,2)) ENGINE=InnoDB; INSERT INTO pets (name, price)"
                                + " VALUES (\"Rex\", 3.5), ('Tom', NULL); SELECT * FROM pets"))
                .isEqualTo("id\tname\tprice\n1\tRex\t3.50\n2\tTom\tNULL\n");
        assertThat(sql(one, "DESCRIBE app.pets"))
                .isEqualTo("Field\tType\tNull\tKey\tDefault\tExtra\nid\tint\tNO\tPRI\tNULL\tauto_increment\n"
                        + "name\tvarchar(20)\tNO\tUNI\tNULL\t\nprice\tdecimal(6,2)\tYES\t\tNULL\t\n");
        assertThat(sql(one, "SELECT * FROM app.nope"))
                .isEqualTo("!ERROR 1146 (42S02) at line 1: Table 'app.nope' doesn't exist\n=1");
        assertThat(sql(one, "SELEC 1"))
                .startsWith(
                        "!ERROR 1064 (42000) at line 1: You have an error in your SQL syntax; check the manual that"
                                + " corresponds to your MySQL server version for the right syntax to use near 'SELEC 1' at line 1");
        assertThat(sql(one, "USE nope")).isEqualTo("!ERROR 1049 (42000) at line 1: Unknown database 'nope'\n=1");
        assertThat(sql(one, "INSERT INTO app.pets (name) VALUES ('Rex')"))
                .isEqualTo("!ERROR 1062 (23000) at line 1: Duplicate entry 'Rex' for key 'pets.name'\n=1");
        assertThat(sql(one, "INSERT INTO app.pets (id, name) VALUES (1, 'x')"))
                .isEqualTo("!ERROR 1062 (23000) at line 1: Duplicate entry '1' for key 'pets.PRIMARY'\n=1");
        assertThat(sql(one, "SHOW TABLES")).isEqualTo("!ERROR 1046 (3D000) at line 1: No database selected\n=1");
        assertThat(sql(one, "SELECT COUNT(*) FROM app.pets")).isEqualTo("COUNT(*)\n2\n");
        assertThat(sql(one, "SELECT VERSION(), DATABASE()")).isEqualTo("VERSION()\tDATABASE()\n9.5.0\tNULL\n");
        assertThat(sql(one, "SELECT @@version")).isEqualTo("@@version\n9.5.0\n");
    }

    @Test
    void hosts_and_passwords_are_looked_at() throws Exception {
        Container one = server(
                Map.of(
                        "MYSQL_ROOT_PASSWORD",
                        "password",
                        "MYSQL_DATABASE",
                        "app",
                        "MYSQL_USER",
                        "u",
                        "MYSQL_PASSWORD",
                        "p"),
                List.of());
        Container client = bench.start("mysql:8.0", Map.of(), List.of(), List.of("sleep", "1000"));
        assertThat(Box.run(client, "mysql", "-h10.244.1.1", "-uroot", "-pwrong", "-e", "SELECT 1"))
                .isEqualTo("!" + WARNING
                        + "ERROR 1045 (28000): Access denied for user 'root'@'10.244.1.2' (using password:"
                        + " YES)\n=1");
        assertThat(Box.run(client, "mysql", "-h10.244.1.1", "-uroot", "-e", "SELECT 1"))
                .isEqualTo("!ERROR 1045 (28000): Access denied for user 'root'@'10.244.1.2' (using password: NO)\n=1");
        assertThat(Box.run(client, "mysql", "-h10.244.1.1", "-uu", "-pp", "app", "-N", "-e", "SHOW DATABASES"))
                .isEqualTo("app\ninformation_schema\nperformance_schema\n!" + WARNING);
        assertThat(Box.run(client, "mysql", "-h10.244.1.1", "-uu", "-pp", "mysql", "-e", "SELECT 1"))
                .isEqualTo(
                        "!" + WARNING + "ERROR 1044 (42000): Access denied for user 'u'@'%' to database 'mysql'\n=1");
        assertThat(Box.run(client, "mysql", "-h10.244.1.2", "-e", "SELECT 1"))
                .isEqualTo("!ERROR 2003 (HY000): Can't connect to MySQL server on '10.244.1.2:3306' (111)\n=1");
        assertThat(Box.run(client, "mysql", "-hnobody", "-e", "SELECT 1"))
                .isEqualTo("!ERROR 2005 (HY000): Unknown MySQL server host 'nobody' (-2)\n=1");
        assertThat(Box.run(client, "mysqladmin", "ping"))
                .contains(
                        "error: 'Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock' (2)'");
        assertThat(Box.run(one, "mysqladmin", "ping")).isEqualTo("mysqld is alive\n");
        assertThat(bench.log()).contains("[Note] [Entrypoint]: Giving user u access to schema app");
    }

    @Test
    void prompt_shows_tables() throws Exception {
        Container one = server(Map.of("MYSQL_ROOT_PASSWORD", "password"), List.of());
        assertThat(StoreBench.type(
                        one,
                        "CREATE DATABASE app;\nUSE app;\nSHOW TABLES;\nCREATE TABLE t (\nn INT);\nINSERT INTO t VALUES"
                                + " (10),(2);\nSELECT n FROM t\\G\nSELECT n FROM t;\nexit\n",
                        "mysql",
                        "-ppassword"))
                .contains("Welcome to the MySQL monitor.  Commands end with ; or \\g.\n")
                .contains("Server version: 9.5.0 MySQL Community Server - GPL\n")
                .contains("Query OK, 1 row affected (0.01 sec)\n\n")
                .contains("Database changed\n")
                .contains("Empty set (0.00 sec)\n\n")
                .contains("    -> ")
                .contains("Query OK, 2 rows affected (0.01 sec)\nRecords: 2  Duplicates: 0  Warnings: 0\n\n")
                .contains("*************************** 1. row ***************************\nn: 10\n")
                .contains("+----+\n| n  |\n+----+\n| 10 |\n|  2 |\n+----+\n2 rows in set (0.00 sec)\n\n")
                .endsWith("Bye\n");
    }

    @Test
    void data_outlive_the_pod_where_their_volume_does() throws Exception {
        VolumeContent kept = VolumeContent.directory(Instant.EPOCH, 0755, 0);
        List<ContainerSpec.Volume> volumes = List.of(new ContainerSpec.Volume("/var/lib/mysql", kept, "", false));
        Container one = server(Map.of("MYSQL_ROOT_PASSWORD", "password", "MYSQL_DATABASE", "app"), volumes);
        sql(
                one,
                "CREATE TABLE app.t (id INT AUTO_INCREMENT PRIMARY KEY, s VARCHAR(99), INDEX si (s)); INSERT INTO app.t (s)"
                        + " VALUES ('it''s; \\\\ here'); CREATE USER 'x'@'%' IDENTIFIED BY 'y'; GRANT ALL ON app.* TO 'x'@'%'");
        one.kill();
        assertThat(one.exit().get(1, TimeUnit.MINUTES).code()).isEqualTo(137);
        Container two = server(Map.of("MYSQL_ROOT_PASSWORD", "other"), volumes);
        assertThat(Box.run(
                        two, "mysql", "-ux", "-py", "app", "-Ne", "INSERT INTO t (s) VALUES ('two'); SELECT * FROM t"))
                .isEqualTo("1\tit's; \\\\ here\n2\ttwo\n!" + WARNING);
        assertThat(StoreBench.stop(two)).isZero();
        assertThat(bench.log()).contains("[Server] Received SHUTDOWN from user <via user signal>.");
        Container three = bench.start("mysql:9", Map.of("MYSQL_ROOT_PASSWORD", "password"), List.of(), List.of());
        StoreBench.until(() -> !three.network().ports().isEmpty());
        assertThat(Box.run(three, "mysql", "-ppassword", "-Ne", "SHOW DATABASES"))
                .doesNotContain("app");
    }

    private static VolumeContent.Projected file(String text) {
        return new VolumeContent.Projected(text.getBytes(StandardCharsets.UTF_8), 0644);
    }

    @Test
    void scripts_fill_a_new_server() throws Exception {
        Map<String, VolumeContent.Projected> files = Map.of(
                "a.sql", file("CREATE TABLE t (n INT);\nINSERT INTO t VALUES (1);\n"),
                "b.sh", file("mysql -p\"$MYSQL_ROOT_PASSWORD\" app -e 'INSERT INTO t VALUES (2)' 2>/dev/null\n"));
        VolumeContent scripts = VolumeContent.projected(() -> "1", () -> files, 0, () -> Instant.EPOCH, false);
        Container one = server(
                Map.of("MYSQL_ROOT_PASSWORD", "password", "MYSQL_DATABASE", "app"),
                List.of(new ContainerSpec.Volume("/docker-entrypoint-initdb.d", scripts, "", true)));
        StoreBench.until(() -> bench.log().contains("ready for connections"));
        assertThat(sql(one, "SELECT SUM(n) FROM app.t")).isEqualTo("SUM(n)\n3\n");
        assertThat(bench.log()).contains("docker-entrypoint.sh: running /docker-entrypoint-initdb.d/a.sql");
    }

    @Test
    void nothing_outside_a_database_can_be_reached() throws Exception {
        Container one = server(Map.of("MYSQL_ROOT_PASSWORD", "password", "MYSQL_DATABASE", "app"), List.of());
        for (String statement : List.of(
                "CREATE ALIAS f AS 'int f() { return 1; }'",
                "RUNSCRIPT FROM '/etc/passwd'",
                "SELECT FILE_READ('/etc/passwd')",
                "SELECT * FROM CSVREAD('/etc/passwd')",
                "CALL CSVWRITE('/tmp/x', 'SELECT 1')",
                "SCRIPT TO '/tmp/x'",
                "CREATE TRIGGER t BEFORE INSERT ON x CALL 'a'",
                "SHUTDOWN",
                "BACKUP TO '/tmp/x'")) {
            assertThat(Box.run(one, "mysql", "-ppassword", "app", "-e", statement))
                    .as(statement)
                    .contains("ERROR 1064");
        }
    }

    @Test
    void mariadb_says_that_it_is_mariadb() throws Exception {
        Container one = bench.start("mariadb:11", Map.of("MARIADB_ROOT_PASSWORD", "password"), List.of(), List.of());
        StoreBench.until(() -> !one.network().ports().isEmpty());
        assertThat(Box.run(one, "mariadb", "-ppassword", "-Ne", "SELECT VERSION()"))
                .isEqualTo("11.8.3-MariaDB-ubu2404\n");
        StoreBench.until(() -> bench.log().contains("[Note] /usr/sbin/mariadbd: ready for connections."));
    }

    @Test
    void wordpress_waits_for_its_database_and_installs_itself() throws Exception {
        Map<String, String> env = Map.of(
                "WORDPRESS_DB_HOST", "10.244.1.2", "WORDPRESS_DB_USER", "wordpress", "WORDPRESS_DB_PASSWORD", "p");
        Container site = bench.serve("wordpress:6.2.1-apache", env);
        assertThat(Box.run(site, "curl", "-s", "-w", "%{http_code}", "http://127.0.0.1/"))
                .contains("<h1>Error establishing a database connection</h1>")
                .endsWith("500");
        bench.serve(
                "mysql:8.0",
                Map.of(
                        "MYSQL_ROOT_PASSWORD",
                        "r",
                        "MYSQL_DATABASE",
                        "wordpress",
                        "MYSQL_USER",
                        "wordpress",
                        "MYSQL_PASSWORD",
                        "p"));
        assertThat(Box.run(site, "curl", "-s", "-w", "%{http_code}", "http://127.0.0.1/"))
                .isEqualTo("302");
        String install = "http://127.0.0.1/wp-admin/install.php";
        assertThat(Box.run(site, "curl", "-s", install)).contains("Install WordPress");
        assertThat(Box.run(
                        site, "curl", "-s", "-d", "weblog_title=Cats%20%26%20dogs&user_name=me", install + "?step=2"))
                .contains("WordPress has been installed");
        assertThat(Box.run(site, "curl", "-s", "http://127.0.0.1/")).contains("<title>Cats &amp; dogs</title>");
        assertThat(bench.log()).contains("Complete! WordPress has been successfully copied to /var/www/html");
    }
}
