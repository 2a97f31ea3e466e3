package dev.kuar.guard;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a provider's tool calls a cluster that it has made, and where it keeps it: what the tool has to be told to delete it again.
 *
 * <p>Read from the context that the tool wrote, which holds both for GKE ({@code gke_PROJECT_LOCATION_NAME}) and EKS
 * ({@code USER@NAME.REGION.eksctl.io}), also where the line named neither; for AKS from the line.
 *
 * @param place {@code PROJECT/LOCATION}, a region, a resource group; empty where the tool needs none
 */
record MadeName(String cluster, String place) {
    private static final Pattern GKE = Pattern.compile("gke_([^_]+)_([^_]+)_(.+)");
    private static final Pattern EKS = Pattern.compile("[^@]*@(.+)\\.([a-z0-9-]+)\\.eksctl\\.io");

    static MadeName of(String tool, String context, List<String> words) {
        Matcher gke = GKE.matcher(context);
        Matcher eks = EKS.matcher(context);
        return switch (tool) {
            case "gcloud" ->
                gke.matches() ? new MadeName(gke.group(3), gke.group(1) + "/" + gke.group(2)) : plain(context, words);
            case "eksctl" -> eks.matches() ? new MadeName(eks.group(1), eks.group(2)) : plain(context, words);
            case "kind" -> plain(context.replaceFirst("^kind-", ""), words);
            case "az" -> new MadeName(value(words, "--name", "-n"), value(words, "--resource-group", "-g"));
            default -> plain(context, words);
        };
    }

    private static MadeName plain(String context, List<String> words) {
        String named = value(words, "--name", "-n");
        return new MadeName(named.isEmpty() ? context : named, "");
    }

    /** The value of an option in its long or short form; empty without one. */
    private static String value(List<String> words, String option, String letter) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith(option + "=")) {
                return word.substring(option.length() + 1);
            }
            if ((word.equals(option) || word.equals(letter)) && i + 1 < words.size()) {
                return words.get(i + 1);
            }
        }
        return "";
    }
}
