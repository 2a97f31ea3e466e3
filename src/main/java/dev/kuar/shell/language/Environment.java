package dev.kuar.shell.language;

import dev.kuar.kube.CommandRun;
import dev.kuar.output.Messages;
import dev.kuar.output.Palette;
import dev.kuar.process.ProgramRegistry;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What all evaluations of a shell share.
 *
 * @param programs what can be run by name
 * @param listener hears of each tool that ran, on the thread that ran it
 * @param background turns the streams of a line into those of a job in the background
 * @param messages the words for a session, in its language
 * @param toldOfSystem whether it was said that the system's shell is outside the guard
 * @param ready called with the exported variables before a program that may reach a cluster; returns what to tell the learner
 * @param toldOf the stand-ins that have said that they are; changed as they do
 * @param children prepares the variables of the system's programs
 */
public record Environment(
        ProgramRegistry programs,
        Consumer<CommandRun> listener,
        Clock clock,
        UnaryOperator<Streams> background,
        Function<Session, Messages> messages,
        AtomicBoolean toldOfSystem,
        Readiness ready,
        Set<String> toldOf,
        ChildVariables children) {

    dev.kuar.output.Console console(Session session, Streams streams) {
        boolean color = streams.errorIsTerminal() && streams.terminal().color();
        return new dev.kuar.output.Console(
                streams.output(),
                streams.error(),
                Palette.of(color),
                messages.apply(session),
                streams.terminal()::columns,
                streams.errorIsTerminal());
    }
}
