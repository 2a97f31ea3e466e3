package dev.kuar;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Says on standard output why a test was skipped: of a whole class that is, Surefire tells nothing, not even that there was one.
 * {@code scripts/test} shows these lines.
 */
public final class SkipListener implements TestExecutionListener {
    private static final Pattern REASON = Pattern.compile("skipped: [^\\n\\]]+");

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            String said = result.getThrowable().map(Throwable::getMessage).orElse("");
            System.out.println(line(test.getLegacyReportingName(), said));
        }
    }

    /** {@code skipped: helm is not installed (RealHelmIT)}. */
    static String line(String test, String said) {
        Matcher reason = REASON.matcher(said);
        return (reason.find() ? reason.group().strip() : "skipped: without a reason") + " (" + test + ")";
    }
}
