package dev.kuar.cli;

import java.util.List;
import java.util.Optional;

/** The list of commands under {@code kuar}: one line a command, in the order of the help. */
final class Commands {
    static final List<Entry> ALL = List.of(
            new Entry.Parsed("learn", LearnCommand::new),
            new Entry.Parsed("lesson", context -> new LessonCommand()),
            new Entry.Parsed("progress", ProgressCommand::new),
            new Entry.Parsed("cluster", ClusterCommand::new),
            new Entry.Parsed("doctor", DoctorCommand::new),
            new Entry.Parsed("run", RunCommand::new),
            new Entry.Parsed("practice", context -> new PracticeCommand()),
            new Entry.Raw("kubectl", "kubectl", "The built-in kubectl, against the current cluster."),
            new Entry.Raw("k", "kubectl", "The same, as the book calls it."));

    private Commands() {}

    static Optional<Entry> named(String name) {
        return ALL.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }
}
