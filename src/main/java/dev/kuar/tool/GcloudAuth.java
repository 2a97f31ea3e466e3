package dev.kuar.tool;

import dev.kuar.process.Invocation;
import java.util.List;

/** {@code gcloud auth}: a login that needs no browser, because nobody is asked. */
final class GcloudAuth {
    private static final String ACCOUNT = "learner@example.com";

    private final ToolState state;

    GcloudAuth(ToolState state) {
        this.state = state;
    }

    int run(Invocation run, String command, List<String> rest) {
        Arguments arguments = Arguments.parse(
                rest, Arguments.Flags.of("account", "no-launch-browser!", "update-adc!", "brief!", "quiet,q!", "all!"));
        switch (command) {
            case "login" -> login(run, arguments.word(0).isEmpty() ? ACCOUNT : arguments.word(0));
            case "list" -> list(run);
            case "revoke" -> revoke(run);
            default ->
                throw GcloudTool.error(
                        "auth " + command, "This stand-in holds no token: practice clusters take client certificates.");
        }
        return 0;
    }

    private void login(Invocation run, String account) {
        state.put("account", account);
        run.error().println("You are now logged in as [" + account + "].");
        run.error()
                .println("Your current project is [" + state.get("project").orElse("None")
                        + "].  You can change this setting by running:");
        run.error().println("  $ gcloud config set project PROJECT_ID");
    }

    private void list(Invocation run) {
        String account = state.get("account").orElse("");
        if (account.isEmpty()) {
            run.error().println("\nNo credentialed accounts.\n\nTo login, run:\n  $ gcloud auth login `ACCOUNT`");
            return;
        }
        run.output().print("   Credentialed Accounts\nACTIVE  ACCOUNT\n*       " + account + "\n");
        run.error().println("\nTo set the active account, run:\n    $ gcloud config set account `ACCOUNT`");
    }

    private void revoke(Invocation run) {
        String account = state.get("account")
                .orElseThrow(() -> GcloudTool.error("auth revoke", "No credentials available to revoke."));
        state.remove("account");
        run.output().print("Revoked credentials:\n - " + account + "\n");
    }
}
