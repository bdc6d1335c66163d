package kwangmyong.console;

import java.util.List;
import java.util.Set;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.server.SshServer;

/** What of SSH's algorithms the console offers: the library's own choice without what is old. */
final class Algorithms {
    /** Over SHA-1, which RFC 9142 advises against. */
    private static final Set<String> SIGNATURES_LEFT_OUT =
            Set.of("ssh-rsa", "ssh-dss", "ssh-rsa-cert-v01@openssh.com", "ssh-dss-cert-v01@openssh.com");

    private static final Set<String> MACS_LEFT_OUT = Set.of("hmac-sha1", "hmac-sha1-etm@openssh.com");

    private Algorithms() {}

    static void choose(SshServer server) {
        server.setSignatureFactories(without(SIGNATURES_LEFT_OUT, server.getSignatureFactories()));
        server.setMacFactories(without(MACS_LEFT_OUT, server.getMacFactories()));
        // Nothing of somebody who has not said who he is gets unpacked: compression begins after log-in, or not at all.
        server.setCompressionFactories(List.of(BuiltinCompressions.none, BuiltinCompressions.delayedZlib));
    }

    private static <T extends NamedResource> List<T> without(Set<String> names, List<T> all) {
        return all.stream().filter(one -> !names.contains(one.getName())).toList();
    }
}
