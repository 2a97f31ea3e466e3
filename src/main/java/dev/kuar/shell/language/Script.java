package dev.kuar.shell.language;

import java.util.List;

/** What a line says: lists of pipelines, one after the other. */
record Script(List<Item> items) {

    Script {
        items = List.copyOf(items);
    }

    /**
     * Pipelines joined by {@code &&} and {@code ||}.
     *
     * @param text its source, for jobs and records
     */
    record Item(List<Link> links, boolean background, String text) {
        Item {
            links = List.copyOf(links);
        }
    }

    enum When {
        ALWAYS,
        AFTER_SUCCESS,
        AFTER_FAILURE
    }

    record Link(When when, boolean negated, List<Command> stages) {
        Link {
            stages = List.copyOf(stages);
        }
    }

    sealed interface Command {}

    record Assignment(String name, Word value) {}

    record Simple(List<Assignment> assignments, List<Word> words, List<Redirection> redirections, String text)
            implements Command {
        Simple {
            assignments = List.copyOf(assignments);
            words = List.copyOf(words);
            redirections = List.copyOf(redirections);
        }
    }

    record For(String variable, List<Word> words, Script body, List<Redirection> redirections) implements Command {
        For {
            words = List.copyOf(words);
            redirections = List.copyOf(redirections);
        }
    }

    /** {@code while}, or {@code until} where {@code wanted} is false. */
    record While(Script condition, boolean wanted, Script body, List<Redirection> redirections) implements Command {
        While {
            redirections = List.copyOf(redirections);
        }
    }

    /** {@code if}: the first branch whose condition succeeds runs, else {@code otherwise}. */
    record If(List<Branch> branches, Script otherwise, List<Redirection> redirections) implements Command {
        If {
            branches = List.copyOf(branches);
            redirections = List.copyOf(redirections);
        }
    }

    record Branch(Script condition, Script body) {}

    /** {@code ( … )}, where {@code apart}, or <code>{ …; }</code>. */
    record Group(Script body, boolean apart, List<Redirection> redirections) implements Command {
        Group {
            redirections = List.copyOf(redirections);
        }
    }

    /** {@code !line}: for the system's shell, as it stands. */
    record SystemLine(String line) implements Command {}
}
