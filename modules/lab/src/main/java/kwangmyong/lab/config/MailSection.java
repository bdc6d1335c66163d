package kwangmyong.lab.config;

import java.net.InetAddress;
import java.util.List;
import kwangmyong.kernel.policy.Policy;

/** The mail server; its domains and who may write to whom are in {@link Policy#mail}. */
public record MailSection(
        List<InetAddress> listen,
        String host,
        int smtp,
        int submission,
        int submissions,
        int pop3,
        int pop3s,
        int imap,
        int imaps) {
    public MailSection {
        listen = List.copyOf(listen);
    }

    /** The same at other addresses. */
    public MailSection at(List<InetAddress> elsewhere) {
        return new MailSection(elsewhere, host, smtp, submission, submissions, pop3, pop3s, imap, imaps);
    }
}
