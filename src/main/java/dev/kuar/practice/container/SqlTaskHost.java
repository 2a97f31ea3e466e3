package dev.kuar.practice.container;

import dev.kuar.practice.sql.SqlHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A process as an SQL server in it sees it. */
record SqlTaskHost(Task task, String version) implements SqlHost {
    @Override
    public void log(String line) {
        try {
            task.printError(line + "\n");
        } catch (IOException e) {
            return;
        }
    }

    @Override
    public Optional<String> read(String path) {
        try {
            return Optional.of(task.files().readText(path));
        } catch (FileError e) {
            return Optional.empty();
        }
    }

    @Override
    public void write(String path, String text) {
        try {
            directories(path.substring(0, path.lastIndexOf('/')));
            task.files().write(path, text.getBytes(StandardCharsets.UTF_8));
        } catch (FileError e) {
            log("[ERROR] " + e.path() + ": " + e.words());
        }
    }

    private void directories(String path) {
        if (!path.isEmpty() && !task.files().exists(path)) {
            directories(path.substring(0, path.lastIndexOf('/')));
            task.files().makeDirectory(path, 0755);
        }
    }

    @Override
    public List<String> list(String path) {
        try {
            return task.files().list(path);
        } catch (FileError e) {
            return List.of();
        }
    }

    @Override
    public void remove(String path) {
        if (task.files().isDirectory(path)) {
            list(path).forEach(name -> remove(path + "/" + name));
        }
        if (task.files().exists(path)) {
            task.files().remove(path);
        }
    }
}
