package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Function;

/**
 * One object as it is served in one API version: its JSON at hand, its tree when asked for.
 *
 * <p>Immutable and shared; the tree is decoded at first use and kept.
 */
public interface Served {
    /** The tree, with kind and apiVersion. Shared: change a copy. */
    KubeObject object();

    /** Compact JSON with kind and apiVersion in front, without a newline. Shared: not to be changed. */
    byte[] json();

    /** Writes the JSON as it stands in a list of its kind; built-in kinds leave kind and apiVersion out there. */
    void writeItem(OutputStream out) throws IOException;

    /** What {@code maker} makes of this, which must depend on nothing else: made at first use, kept until another maker asks. */
    <T> T kept(Function<? super Served, T> maker);
}
