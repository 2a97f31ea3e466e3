package dev.kuar.practice.container;

import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.network.Wire;
import dev.kuar.practice.sql.MySqlClient;
import dev.kuar.practice.sql.Outcome;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A WordPress as far as its database shows: an error while that is not there, then the page that installs it, then a blog
 * whose title and first post lie in the database.
 */
final class WordPressSite implements HttpHandler {
    private static final String HTML = "text/html; charset=UTF-8";
    private static final String NO_DATABASE = "Error establishing a database connection";

    private final Task task;

    WordPressSite(Task task) {
        this.task = task;
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        MySqlClient database = null;
        try {
            database = connect();
            return database == null
                    ? page(500, "Database Error", "<h1>" + NO_DATABASE + "</h1>")
                    : answer(request, database);
        } catch (IOException | Unreachable e) {
            return page(500, "Database Error", "<h1>" + NO_DATABASE + "</h1>");
        } finally {
            if (database != null) {
                database.quit();
            }
        }
    }

    private String setting(String name, String otherwise) {
        String value = task.env("WORDPRESS_DB_" + name);
        String file = task.env("WORDPRESS_DB_" + name + "_FILE");
        if (!file.isEmpty()) {
            try {
                return task.files().readText(file).strip();
            } catch (FileError e) {
                return otherwise;
            }
        }
        return value.isEmpty() ? otherwise : value;
    }

    /** Null where the database turns it away. */
    private @Nullable MySqlClient connect() throws IOException, Unreachable {
        String[] host = setting("HOST", "mysql").split(":", 2);
        ClusterNetwork network = task.container().runtime().network();
        String ip = host[0].equals("localhost") ? "127.0.0.1" : new Resolver(task).address(host[0]);
        if (network == null || ip.isEmpty()) {
            return null;
        }
        WireStream answers = new WireStream();
        int port = host.length > 1 && host[1].matches("\\d{1,5}") ? Integer.parseInt(host[1]) : 3306;
        Wire wire = network.dial(task.container().network(), ip, port)
                .accept(answers, task.container().network().ip());
        MySqlClient client = new MySqlClient(answers, wire);
        Outcome outcome = client.login(
                setting("USER", "example username"),
                setting("PASSWORD", "example password"),
                setting("NAME", "wordpress"));
        if (outcome instanceof Outcome.Failure) {
            wire.end();
            return null;
        }
        return client;
    }

    private static String first(MySqlClient database, String query) throws IOException {
        return database.query(query) instanceof Outcome.Rows rows
                        && !rows.rows().isEmpty()
                ? String.valueOf(rows.rows().get(0).get(0))
                : "";
    }

    private HttpResponse answer(HttpRequest request, MySqlClient database) throws IOException {
        String title = first(database, "SELECT option_value FROM wp_options WHERE option_name = 'blogname'");
        boolean installing = request.path().equals("/wp-admin/install.php");
        if (title.isEmpty() && !installing) {
            String there = "http://" + request.header("Host") + "/wp-admin/install.php";
            Map<String, String> headers = new LinkedHashMap<>(page(302, "", "").headers());
            headers.put("Location", there);
            return new HttpResponse(302, headers, new byte[0]);
        }
        if (installing && !title.isEmpty()) {
            return page(
                    200,
                    "WordPress &rsaquo; Installation",
                    "<h1>Already Installed</h1><p>You appear to have already installed WordPress. To reinstall please clear"
                            + " your old database tables first.</p>");
        }
        if (installing) {
            Form form = Form.of(request);
            return request.method().equals("POST") && !form.text("weblog_title").isEmpty()
                    ? install(form, database)
                    : page(200, "WordPress &rsaquo; Installation", form());
        }
        String post = first(database, "SELECT post_content FROM wp_posts ORDER BY ID DESC LIMIT 1");
        return page(
                200,
                escaped(title),
                "<h1>" + escaped(title) + "</h1>\n<h2>Hello world!</h2>\n<p>" + escaped(post) + "</p>");
    }

    private static String form() {
        return "<h1>Welcome</h1>\n<p>Give this site a title and its first user a name and a password.</p>\n"
                + "<form id=\"setup\" method=\"post\" action=\"install.php?step=2\">\n"
                + "<p>Site Title <input name=\"weblog_title\"></p>\n<p>Username <input name=\"user_name\"></p>\n"
                + "<p>Password <input name=\"admin_password\" type=\"password\"></p>\n"
                + "<p>Your Email <input name=\"admin_email\" type=\"email\"></p>\n"
                + "<p><input type=\"submit\" name=\"Submit\" value=\"Install WordPress\"></p>\n</form>";
    }

    private static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private static HttpResponse install(Form form, MySqlClient database) throws IOException {
        for (String statement : List.of(
                "CREATE TABLE wp_options (option_id BIGINT AUTO_INCREMENT PRIMARY KEY, option_name VARCHAR(191) UNIQUE,"
                        + " option_value LONGTEXT)",
                "CREATE TABLE wp_users (ID BIGINT AUTO_INCREMENT PRIMARY KEY, user_login VARCHAR(60), user_email"
                        + " VARCHAR(100))",
                "CREATE TABLE wp_posts (ID BIGINT AUTO_INCREMENT PRIMARY KEY, post_title TEXT, post_content LONGTEXT)",
                "INSERT INTO wp_options (option_name, option_value) VALUES ('blogname', "
                        + literal(form.text("weblog_title")) + ")",
                "INSERT INTO wp_users (user_login, user_email) VALUES (" + literal(form.text("user_name")) + ", "
                        + literal(form.text("admin_email")) + ")",
                "INSERT INTO wp_posts (post_title, post_content) VALUES ('Hello world!', 'Welcome to WordPress. This is"
                        + " your first post. Edit or delete it, then start writing!')")) {
            if (database.query(statement) instanceof Outcome.Failure failure) {
                return page(
                        500, "Database Error", "<h1>WordPress database error: " + escaped(failure.message()) + "</h1>");
            }
        }
        return page(
                200,
                "WordPress &rsaquo; Installation",
                "<h1>Success!</h1><p>WordPress has been installed. Thank you, and enjoy!</p><p><a href=\"/\">To the site</a></p>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static HttpResponse page(int status, String title, String body) {
        return HttpResponse.text(
                status,
                HTML,
                "<!DOCTYPE html>\n<html lang=\"en-US\">\n<head>\n<meta charset=\"UTF-8\">\n<title>" + title
                        + "</title>\n</head>\n<body>\n" + body + "\n</body>\n</html>\n");
    }
}
