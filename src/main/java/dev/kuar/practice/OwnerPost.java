package dev.kuar.practice;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What other processes ask of the owner of a cluster: one file a question in the cluster's directory, and one for its answer.
 *
 * <p>Whoever may write there owns the cluster anyway, so nobody is asked who he is.
 */
final class OwnerPost implements AutoCloseable {
    private static final String FOLDER = "asked";
    private static final String QUESTION = ".question";
    private static final String ANSWER = ".answer";
    private static final long LOOK_MILLIS = 200;
    private static final long WAIT_MILLIS = 20;

    /** Answers; what it throws as a {@link ClusterException} is told to who asked. */
    interface Clerk {
        String answer(Question question);
    }

    /** A verb and what it is about, {@code stop-node} and {@code kind-worker}. */
    record Question(String verb, String about) {}

    private final Path folder;
    private final Clerk clerk;
    private final Set<Path> taken = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService eye = Executors.newSingleThreadScheduledExecutor(OwnerPost::daemon);
    private final ExecutorService hands = Executors.newCachedThreadPool(OwnerPost::daemon);

    private OwnerPost(Path folder, Clerk clerk) {
        this.folder = folder;
        this.clerk = clerk;
    }

    /** Answers what is asked in a cluster's directory until it is closed; called by the owner. */
    static OwnerPost open(Path directory, Clerk clerk) {
        OwnerPost post = new OwnerPost(directory.resolve(FOLDER), clerk);
        var unused = post.eye.scheduleWithFixedDelay(post::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return post;
    }

    /**
     * Asks the owner.
     *
     * @return its answer, or empty where nobody owns the cluster
     * @throws ClusterException with the owner's words where it refuses or fails, or does not answer within {@code limit}
     */
    static Optional<String> ask(Path directory, Question question, Duration limit) {
        Path folder = directory.resolve(FOLDER);
        String id = UUID.randomUUID().toString();
        Path asked = folder.resolve(id + QUESTION);
        Path answer = folder.resolve(id + ANSWER);
        try {
            PrivateFiles.write(asked, JsonWriter.text(Map.of("verb", question.verb(), "about", question.about())));
            long end = System.nanoTime() + limit.toNanos();
            for (int round = 0; System.nanoTime() < end; round++) {
                if (Files.exists(answer)) {
                    return Optional.of(opened(answer));
                }
                if (round % 10 == 9 && !ClusterLock.isHeld(directory)) {
                    return Optional.empty();
                }
                TimeUnit.MILLISECONDS.sleep(WAIT_MILLIS);
            }
            throw new ClusterException(
                    ClusterException.Kind.OWNED, "the kuar that runs " + directory.getFileName() + " does not answer");
        } catch (IOException broken) {
            throw new ClusterException(
                    ClusterException.Kind.FILES, "cannot write in " + folder + ": " + broken.getMessage(), broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ClusterException(ClusterException.Kind.OWNED, "interrupted", stopped);
        } finally {
            forget(asked);
            forget(answer);
        }
    }

    private static String opened(Path answer) throws IOException {
        KubeObject tree = KubeObject.of(JsonReader.readMap(Files.readAllBytes(answer)));
        if (!tree.text("refused").isEmpty()) {
            throw new ClusterException(ClusterException.Kind.FILES, tree.text("refused"));
        }
        return tree.text("answer");
    }

    private void look() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> questions = files.filter(
                            file -> file.getFileName().toString().endsWith(QUESTION))
                    .filter(taken::add)
                    .toList();
            questions.forEach(file -> hands.execute(() -> answer(file)));
        } catch (IOException | UncheckedIOException | RejectedExecutionException gone) {
            return;
        }
    }

    private void answer(Path asked) {
        String name = asked.getFileName().toString();
        Path answer = asked.resolveSibling(name.substring(0, name.length() - QUESTION.length()) + ANSWER);
        try {
            KubeObject tree = KubeObject.of(JsonReader.readMap(Files.readAllBytes(asked)));
            PrivateFiles.write(answer, JsonWriter.text(said(new Question(tree.text("verb"), tree.text("about")))));
        } catch (IOException | IllegalArgumentException unreadable) {
            forget(asked);
        }
    }

    private Map<String, Object> said(Question question) {
        try {
            return Map.of("answer", clerk.answer(question));
        } catch (ClusterException refused) {
            return Map.of("refused", String.valueOf(refused.getMessage()));
        } catch (RuntimeException failed) {
            System.getLogger(OwnerPost.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot answer " + question, failed);
            return Map.of("refused", "it failed: " + failed);
        }
    }

    private static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException later) {
            file.toFile().deleteOnExit();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "owner-post");
        thread.setDaemon(true);
        return thread;
    }

    /** Answers what is being answered still; nothing more. */
    @Override
    public void close() {
        eye.shutdownNow();
        hands.shutdown();
    }
}
