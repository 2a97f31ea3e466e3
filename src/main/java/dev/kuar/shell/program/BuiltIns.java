package dev.kuar.shell.program;

import dev.kuar.process.Program;
import dev.kuar.process.ProgramRegistry;
import dev.kuar.shell.language.Evaluator;
import dev.kuar.shell.language.Session;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jline.terminal.Terminal;

/** The list of programs that the shell brings along. */
public final class BuiltIns {
    private BuiltIns() {}

    /**
     * Adds them all.
     *
     * @param evaluators makes what runs the lines of {@code xargs} and {@code watch}
     * @param terminals the terminal of pager and editor; empty where there is none
     */
    public static void addTo(
            ProgramRegistry programs, Function<Session, Evaluator> evaluators, Supplier<Optional<Terminal>> terminals) {
        Supplier<Program> edit = () -> new EditProgram(terminals);
        Supplier<Program> succeed = () -> invocation -> 0;
        Supplier<Program> fail = () -> invocation -> 1;
        programs.builtIn("cat", CatProgram::new)
                .builtIn("echo", EchoProgram::new)
                .builtIn("printf", PrintfProgram::new)
                .builtIn("export", VariablePrograms.Export::new)
                .builtIn("unset", VariablePrograms.Unset::new)
                .builtIn("env", () -> new EnvProgram(evaluators))
                .builtIn("cd", FolderPrograms.Cd::new)
                .builtIn("pwd", FolderPrograms.Pwd::new)
                .builtIn("ls", LsProgram::new)
                .builtIn("clear", ClearProgram::new)
                .builtIn("sleep", SleepProgram::new)
                .builtIn("watch", () -> new WatchProgram(evaluators))
                .builtIn("which", () -> new WhichProgram(programs))
                .builtIn("alias", AliasPrograms.Alias::new)
                .builtIn("unalias", AliasPrograms.Unalias::new)
                .builtIn("history", HistoryProgram::new)
                .builtIn("true", succeed)
                .builtIn(":", succeed)
                .builtIn("false", fail)
                .builtIn("exit", ExitProgram::new)
                .builtIn("jobs", JobPrograms.ListJobs::new)
                .builtIn("fg", JobPrograms.Foreground::new)
                .builtIn("kill", JobPrograms.Kill::new)
                .builtIn("grep", GrepProgram::new)
                .builtIn("sed", SedProgram::new)
                .builtIn("awk", () -> new AwkProgram(evaluators))
                .builtIn("head", HeadProgram::new)
                .builtIn("tail", TailProgram::new)
                .builtIn("wc", WcProgram::new)
                .builtIn("sort", SortProgram::new)
                .builtIn("uniq", UniqProgram::new)
                .builtIn("cut", CutProgram::new)
                .builtIn("tr", TrProgram::new)
                .builtIn("tee", TeeProgram::new)
                .builtIn("xargs", () -> new XargsProgram(evaluators))
                .builtIn("less", () -> new LessProgram(terminals))
                .builtIn("edit", edit)
                .builtIn("nano", edit)
                .builtIn("vi", edit);
    }
}
