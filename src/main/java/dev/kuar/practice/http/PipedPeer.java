package dev.kuar.practice.http;

import io.undertow.util.AttachmentKey;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection whose TLS was spoken before it came here.
 *
 * @param certificate what it showed; null for nothing
 */
record PipedPeer(@Nullable X509Certificate certificate) {
    static final AttachmentKey<PipedPeer> KEY = AttachmentKey.create(PipedPeer.class);
}
