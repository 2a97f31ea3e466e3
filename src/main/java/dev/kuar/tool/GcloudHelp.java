package dev.kuar.tool;

import java.util.Map;

/** A synopsis of each gcloud command that the stand-in has. */
final class GcloudHelp {
    private static final Map<String, String> USAGE = Map.of(
            "container clusters create",
            "NAME [--num-nodes=NUM_NODES; default=3] [--zone=ZONE | --region=REGION | --location=LOCATION]"
                    + " [--cluster-version=VERSION] [--machine-type=TYPE] [--project=PROJECT_ID]",
            "container clusters get-credentials",
            "NAME [--zone=ZONE | --region=REGION | --location=LOCATION] [--project=PROJECT_ID]",
            "container clusters list",
            "[--zone=ZONE | --region=REGION | --location=LOCATION] [--project=PROJECT_ID]",
            "container clusters delete",
            "NAME [NAME ...] [--zone=ZONE | --region=REGION | --location=LOCATION] [--quiet]",
            "config set",
            "SECTION/PROPERTY VALUE",
            "components install",
            "COMPONENT_ID [COMPONENT_ID ...] [--quiet]");

    private GcloudHelp() {}

    static String text(String command) {
        return "SYNOPSIS\n    gcloud " + command + " " + USAGE.getOrDefault(command, "") + "\n";
    }
}
