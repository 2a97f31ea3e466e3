package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** postgres, psql and pg_isready in pods of the image postgres. */
final class PostgresTest {
    private final StoreBench bench = new StoreBench();

    @AfterEach
    void stop() {
        bench.close();
    }

    private Container server(Map<String, String> env, List<ContainerSpec.Volume> volumes) throws Exception {
        Container container = bench.start("postgres:17", env, volumes, List.of());
        StoreBench.until(() -> !container.network().ports().isEmpty());
        return container;
    }

    private static String psql(Container from, String command) throws Exception {
        return Box.run(from, "psql", "-U", "postgres", "-c", command);
    }

    @Test
    void wants_to_know_the_password() throws Exception {
        Container one = bench.start("postgres:17", Map.of(), List.of(), List.of());
        assertThat(one.exit().get(1, TimeUnit.MINUTES).code()).isEqualTo(1);
        assertThat(bench.log())
                .startsWith("Error: Database is uninitialized and superuser password is not specified.\n");
    }

    @Test
    void statements_and_refusals_as_of_postgresql() throws Exception {
        Container one = server(Map.of("POSTGRES_PASSWORD", "p"), List.of());
        assertThat(psql(
                        one,
                        "create table pets (id serial primary key, name varchar(20) not null unique, price numeric(6,2), ts"
                                + " timestamptz default now())"))
                .isEqualTo("CREATE TABLE\n");
        assertThat(psql(one, "insert into pets (name, price) values ('Rex', 3.5), ('Tom', null)"))
                .isEqualTo("INSERT 0 2\n");
        assertThat(psql(one, "select id, name, price from pets"))
                .isEqualTo(
                        " id | name | price \n----+------+-------\n  1 | Rex  |  3.50\n  2 | Tom  |      \n(2 rows)\n\n");
        assertThat(psql(one, "insert into pets (name) values ('Bo') returning id"))
                .isEqualTo(" id \n----\n  3\n(1 row)\n\nINSERT 0 1\n".replace("INSERT 0 1\n", ""));
        assertThat(psql(one, "select * from nope"))
                .isEqualTo("!ERROR:  relation \"nope\" does not exist\nLINE 1: select * from nope\n"
                        + "                      ^\n=1");
        assertThat(psql(one, "selec 1"))
                .isEqualTo("!ERROR:  syntax error at or near \"selec\"\nLINE 1: selec 1\n        ^\n=1");
        assertThat(psql(one, "insert into pets (name) values ('Rex')"))
                .isEqualTo("!ERROR:  duplicate key value violates unique constraint \"pets_name_key\"\n"
                        + "DETAIL:  Key (name)=(Rex) already exists.\n=1");
        assertThat(psql(one, "select 1/0")).isEqualTo("!ERROR:  division by zero\n=1");
        assertThat(psql(one, "\\dt"))
                .isEqualTo("        List of relations\n Schema | Name | Type  |  Owner   \n"
                        + "--------+------+-------+----------\n public | pets | table | postgres\n(1 row)\n\n");
        assertThat(psql(one, "\\d pets"))
                .contains("Table \"public.pets\"\n")
                .contains(" name   | character varying(20)    |           | not null | \n")
                .contains("    \"pets_pkey\" PRIMARY KEY, btree (id)\n");
        assertThat(Box.run(
                        one,
                        "psql",
                        "-U",
                        "postgres",
                        "-tAc",
                        "select current_database(), version() like 'PostgreSQL 17.7%'"))
                .isEqualTo("postgres|t\n");
        assertThat(Box.run(one, "pg_isready")).isEqualTo("/var/run/postgresql:5432 - accepting connections\n");
    }

    @Test
    void hosts_and_passwords_are_looked_at() throws Exception {
        server(Map.of("POSTGRES_PASSWORD", "p", "POSTGRES_USER", "u", "POSTGRES_DB", "app"), List.of());
        Container client = bench.start("postgres:17", Map.of("PGPASSWORD", "p"), List.of(), List.of("sleep", "1000"));
        assertThat(Box.run(client, "psql", "-h", "10.244.1.1", "-U", "u", "app", "-tc", "select 1"))
                .isEqualTo("        1\n\n");
        assertThat(Box.run(client, "psql", "-h", "10.244.1.1", "-U", "x", "app", "-tc", "select 1"))
                .isEqualTo("!psql: error: connection to server at \"10.244.1.1\", port 5432 failed: FATAL:  password"
                        + " authentication failed for user \"x\"\n=2");
        assertThat(Box.run(client, "psql", "-h", "10.244.1.1", "-U", "u", "nodb", "-tc", "select 1"))
                .endsWith("FATAL:  database \"nodb\" does not exist\n=2");
        assertThat(Box.run(client, "psql", "-h", "10.244.1.2", "-U", "u"))
                .isEqualTo(
                        "!psql: error: connection to server at \"10.244.1.2\", port 5432 failed: Connection refused\n"
                                + "\tIs the server running on that host and accepting TCP/IP connections?\n=2");
        assertThat(Box.run(client, "pg_isready", "-h", "10.244.1.2")).isEqualTo("10.244.1.2:5432 - no response\n=2");
        assertThat(Box.run(client, "psql", "-h", "nobody", "-U", "u"))
                .isEqualTo(
                        "!psql: error: could not translate host name \"nobody\" to address: Name or service not known\n=2");
    }

    @Test
    void prompt_knows_transactions_and_databases() throws Exception {
        Container one = server(Map.of("POSTGRES_PASSWORD", "p"), List.of());
        assertThat(StoreBench.type(
                        one,
                        "create database app;\n\\c app\ncreate table t (n int);\nbegin;\ninsert into t\nvalues (1);\nselec;\n"
                                + "select 1;\nrollback;\nselect count(*) from t;\n\\l\n\\q\n",
                        "psql",
                        "-U",
                        "postgres"))
                .contains("psql (17.7 (Debian 17.7-1.pgdg13+1))\nType \"help\" for help.\n\npostgres=# ")
                .contains("You are now connected to database \"app\" as user \"postgres\".\n")
                .contains("app=*# ")
                .contains("app-*# ")
                .contains("app=!# select 1;\nERROR:  current transaction is aborted, commands ignored until end of"
                        + " transaction block\n")
                .contains("ROLLBACK\n")
                .contains(" count \n-------\n     0\n(1 row)\n")
                .contains("List of databases\n")
                .contains(" template0 | postgres | UTF8 ");
    }

    @Test
    void data_outlive_the_pod_where_their_volume_does() throws Exception {
        VolumeContent kept = VolumeContent.directory(Instant.EPOCH, 0755, 0);
        List<ContainerSpec.Volume> volumes =
                List.of(new ContainerSpec.Volume("/var/lib/postgresql/data", kept, "", false));
        Container one = server(Map.of("POSTGRES_PASSWORD", "p", "POSTGRES_DB", "app"), volumes);
        Box.run(
                one,
                "psql",
                "-U",
                "postgres",
                "app",
                "-c",
                "create table t (id serial, s text); insert into t (s) values ('a')");
        Box.run(one, "psql", "-U", "postgres", "app", "-c", "create user x password 'y'");
        one.kill();
        assertThat(one.exit().get(1, TimeUnit.MINUTES).code()).isEqualTo(137);
        Container two = server(Map.of("POSTGRES_PASSWORD", "p"), volumes);
        assertThat(Box.run(two, "psql", "-U", "x", "app", "-tAc", "insert into t (s) values ('b'); select * from t"))
                .isEqualTo("INSERT 0 1\n1|a\n2|b\n");
        assertThat(StoreBench.stop(two)).isZero();
        assertThat(bench.log())
                .contains("PostgreSQL Database directory appears to contain a database; Skipping initialization\n")
                .contains("LOG:  database system is shut down\n");
    }

    @Test
    void nothing_outside_a_database_can_be_reached() throws Exception {
        Container one = server(Map.of("POSTGRES_PASSWORD", "p"), List.of());
        for (String statement : List.of(
                "CREATE ALIAS f AS 'int f() { return 1; }'",
                "COPY t FROM PROGRAM 'id'",
                "SELECT FILE_READ('/etc/passwd')",
                "SELECT \"FILE_READ\"('/etc/passwd')",
                "SELECT * FROM CSVREAD('/etc/passwd')",
                "SCRIPT TO '/tmp/x'")) {
            assertThat(psql(one, statement)).as(statement).startsWith("!ERROR:");
        }
    }
}
