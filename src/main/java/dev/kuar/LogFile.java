package dev.kuar;

import dev.kuar.process.KuarHome;
import dev.kuar.shell.language.Secrets;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.logging.ConsoleHandler;
import java.util.logging.ErrorManager;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Where the JDK's logging goes: {@code logs/kuar.log} in KUAR_HOME, never the terminal.
 *
 * <p>The JDK makes one of these when something is logged for the first time; nothing is loaded before. A folder that
 * can't be written means no log.
 */
public final class LogFile {
    private static final String FOLDER = "kuar.logs";
    private static final int SIZE = 1 << 20;

    /** Called by the JDK, by the name that {@link #use} leaves. */
    public LogFile() {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            if (handler instanceof ConsoleHandler) {
                root.removeHandler(handler);
            }
        }
        root.setLevel(Level.INFO);
        String folder = System.getProperty(FOLDER, "");
        if (folder.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(Path.of(folder));
            FileHandler file = new FileHandler(folder.replace("%", "%%") + "/kuar.log", SIZE, 1, true);
            file.setFormatter(new Masked());
            file.setErrorManager(new Quiet());
            makePrivate(Path.of(folder, "kuar.log"));
            root.addHandler(file);
        } catch (IOException unwritable) {
            root.setLevel(Level.OFF);
        }
    }

    /** What libraries log may hold lines with secrets. */
    private static final class Masked extends SimpleFormatter {
        @Override
        public String format(LogRecord record) {
            return Secrets.mask(super.format(record));
        }
    }

    private static void makePrivate(Path log) throws IOException {
        if (Files.exists(log)
                && FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** What a thread in the background died of is for the log: whoever waits for it has an answer of its own. */
    static void uncaught(Thread thread, Throwable failure) {
        Logger.getLogger(LogFile.class.getName())
                .log(Level.SEVERE, "the thread " + thread.getName() + " failed", failure);
    }

    /** A disk that is full or gone means no log, and is not the terminal's concern. */
    private static final class Quiet extends ErrorManager {
        @Override
        public void error(@Nullable String message, @Nullable Exception failure, int code) {
            // there is nowhere to say it
        }
    }

    /** Lets logging go to {@code home}, unless the JVM was told of another configuration. */
    static void use(KuarHome home) {
        if (System.getProperty("java.util.logging.config.class") == null
                && System.getProperty("java.util.logging.config.file") == null) {
            System.setProperty(FOLDER, home.logs().toString());
            System.setProperty("java.util.logging.config.class", LogFile.class.getName());
        }
    }
}
