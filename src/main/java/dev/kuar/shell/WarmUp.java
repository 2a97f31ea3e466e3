package dev.kuar.shell;

import dev.kuar.cli.CommandTree;
import dev.kuar.process.Invocation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;

/**
 * The training run of the class-data archive: does in a terminal of its own what a session does, a practice cluster
 * included, so that the classes it needs are in the archive. Touches nothing but the KUAR_HOME it is given.
 */
public final class WarmUp {
    private static final long PATIENCE_MILLIS = 120_000;
    private static final List<String> LINES = List.of(
            "echo hello | grep h",
            "kuar --version",
            "kubectl version --client",
            "kind create cluster --name warm-up --wait 60s",
            "kuar cluster list",
            "kubectl get nodes",
            "kubectl get pods -A",
            "kubectl create deployment web --image=nginx --replicas=2",
            "kubectl rollout status deployment/web --timeout=30s",
            "kubectl expose deployment web --port=80",
            "kubectl scale deployment web --replicas=1",
            "kubectl get all -o wide",
            "kubectl get deployment web -o yaml",
            "kubectl describe node warm-up-control-plane",
            "kubectl exec -n kube-system etcd-warm-up-control-plane -- etcdctl version",
            "kubectl logs deployment/web",
            "kubectl delete deployment web",
            "task",
            "kind delete cluster --name warm-up",
            "exit");

    /** The classes of a real terminal, which a training run without one does not meet. */
    private static final List<String> TERMINAL_CLASSES = List.of(
            "org.jline.terminal.impl.PosixSysTerminal",
            "org.jline.terminal.impl.AbstractPty",
            "org.jline.terminal.impl.jni.JniTerminalProvider",
            "org.jline.terminal.impl.jni.JniNativePty",
            "org.jline.terminal.impl.jni.linux.LinuxNativePty",
            "org.jline.nativ.CLibrary",
            "org.jline.nativ.CLibrary$Termios",
            "org.jline.nativ.CLibrary$WinSize",
            "org.jline.nativ.JLineNativeLoader",
            "org.jline.utils.NonBlockingInputStreamImpl",
            "org.jline.utils.Signals");

    private WarmUp() {}

    /** Runs the training; returns 0. */
    public static int run(KuarHost host, Invocation invocation) throws InterruptedException {
        PromptFeeder feeder = new PromptFeeder(LINES, OutputStream.nullOutputStream());
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try {
            LineDisciplineTerminal terminal =
                    new LineDisciplineTerminal("warm-up", "xterm", feeder, StandardCharsets.UTF_8);
            terminal.setSize(new Size(80, 24));
            feeder.keyboard(terminal::processInputBytes);
            Invocation inTerminal = new Invocation(
                    "kuar",
                    List.of(),
                    invocation.input(),
                    nowhere,
                    nowhere,
                    invocation.environment(),
                    invocation.directory(),
                    new JLineView(terminal, new TerminalInput(terminal), false, true));
            Shell shell = new Shell(host, CommandTree.context(inTerminal, host), terminal);
            Thread session = new Thread(shell::run, "warm-up");
            session.setDaemon(true);
            session.start();
            session.join(PATIENCE_MILLIS);
            StartFiles.write();
            new ProcessView(invocation.environment()).warmUp();
            for (String name : TERMINAL_CLASSES) {
                Class.forName(name, false, WarmUp.class.getClassLoader());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("JLine has no " + e.getMessage(), e);
        }
        return 0;
    }
}
