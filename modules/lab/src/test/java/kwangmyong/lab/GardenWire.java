package kwangmyong.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import kwangmyong.kernel.place.AddressPlan;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What comes back over real sockets from a terminal's address, in words that an expectation can be compared with. */
final class GardenWire {
    static final String SILENCE = "silence";
    static final String RESET = "reset";
    static final String HANG = "hang";

    private static final int ANSWER_WITHIN_MILLIS = 60_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern RULE = Pattern.compile("\\(rule (.+)\\)$");

    private final AddressPlan plan;

    GardenWire(AddressPlan plan) {
        this.plan = plan;
    }

    /**
     * The response code, what answers the question (aliases left out), and what the extended error names.
     *
     * @param patience how long to wait; an answer that takes longer is {@link #SILENCE}
     */
    String resolve(InetAddress terminal, String name, String type, boolean overTcp, Duration patience)
            throws IOException {
        var resolver = new SimpleResolver(plan.socket(new InetSocketAddress(RandomGarden.SERVICES, 53)));
        resolver.setLocalAddress(new InetSocketAddress(plan.socket(terminal), 0));
        resolver.setTCP(overTcp);
        resolver.setTimeout(patience);
        resolver.setEDNS(0, 1232, 0, List.of());
        Message query = Message.newQuery(Record.newRecord(Name.fromString(name + "."), Type.value(type), DClass.IN));
        query.getHeader().unsetFlag(Flags.RD);
        try {
            return words(resolver.send(query), type);
        } catch (SocketTimeoutException | SocketException nothingCame) {
            return SILENCE;
        } catch (IOException failed) {
            if (failed.getCause() instanceof SocketException
                    || String.valueOf(failed.getMessage()).contains("Timed out")) {
                return SILENCE;
            }
            throw failed;
        }
    }

    private static String words(Message answer, String type) {
        var data = new TreeSet<String>();
        for (Record record : answer.getSection(Section.ANSWER)) {
            if (record.getType() == Type.value(type)) {
                data.add(
                        record instanceof AAAARecord address
                                ? address.getAddress().getHostAddress()
                                : record.rdataToString().replace("\"", ""));
            }
        }
        String named = "";
        for (EDNSOption option : answer.getOPT() == null
                ? List.<EDNSOption>of()
                : answer.getOPT().getOptions()) {
            if (option instanceof ExtendedErrorCodeOption error && error.getText() != null) {
                named = error.getText();
            }
        }
        return Rcode.string(answer.getHeader().getRcode()) + " " + data + (named.isEmpty() ? "" : " rule " + named);
    }

    /** The status of a page or a tunnel asked of the gateway; of a denial with rule, reason, needed and held. */
    String proxied(InetAddress terminal, String requestLine, String host, Duration patience) throws IOException {
        String request = requestLine + " HTTP/1.1\r\nHost: " + host
                + "\r\nAccept: application/problem+json\r\nConnection: close\r\n\r\n";
        try (Socket socket = connect(terminal, 3128)) {
            socket.setSoTimeout((int) patience.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String status = reader.readLine();
            if (status == null) {
                return RESET;
            }
            String code = status.split(" ", 3)[1];
            boolean problem = false;
            for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                problem |= line.toLowerCase(Locale.ROOT).startsWith("content-type: application/problem+json");
            }
            return problem ? code + " " + problem(reader) : code;
        } catch (SocketTimeoutException nothingCame) {
            return HANG;
        } catch (SocketException reset) {
            return RESET;
        }
    }

    private static String problem(BufferedReader reader) throws IOException {
        var body = new StringBuilder();
        char[] part = new char[4_096];
        for (int read = reader.read(part); read >= 0; read = reader.read(part)) {
            body.append(part, 0, read);
        }
        JsonNode members = JSON.readTree(body.toString());
        return "rule " + text(members, "rule") + ", " + text(members, "reason") + ", needed " + text(members, "needed")
                + ", held " + text(members, "held");
    }

    private static String text(JsonNode members, String name) {
        JsonNode member = members.get(name);
        return member == null || member.isNull() ? "null" : member.asString();
    }

    /**
     * Logs in at the submission service and asks to write to each recipient.
     *
     * @return the reply to AUTH, then one for each recipient where it was accepted: code, enhanced code, and the rule that is named
     */
    List<String> letter(InetAddress terminal, String subject, String password, String sender, List<String> recipients)
            throws IOException {
        List<String> replies = new ArrayList<>();
        try (Socket plain = connect(terminal, 587)) {
            plain.setSoTimeout(ANSWER_WITHIN_MILLIS);
            var opening = new Talk(plain);
            opening.hear();
            opening.ask("EHLO wire.invalid");
            opening.ask("STARTTLS");
            try (SSLSocket tls = (SSLSocket) trusting()
                    .getSocketFactory()
                    .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true)) {
                var talk = new Talk(tls);
                talk.ask("EHLO wire.invalid");
                byte[] secret = ("\0" + subject + "\0" + password).getBytes(StandardCharsets.UTF_8);
                String accepted = talk.ask("AUTH PLAIN " + Base64.getEncoder().encodeToString(secret));
                replies.add(code(accepted));
                if (accepted.startsWith("235")) {
                    talk.ask("MAIL FROM:<" + sender + ">");
                    for (String recipient : recipients) {
                        replies.add(code(talk.ask("RCPT TO:<" + recipient + ">")));
                    }
                }
                talk.ask("QUIT");
            }
        }
        return replies;
    }

    private static String code(String reply) {
        Matcher rule = RULE.matcher(reply);
        String[] words = reply.split("[ -]", 3);
        return words[0] + " " + words[1] + (rule.find() ? " rule " + rule.group(1) : "");
    }

    private Socket connect(InetAddress terminal, int port) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(plan.socket(terminal), 0));
        socket.connect(plan.socket(new InetSocketAddress(RandomGarden.SERVICES, port)), ANSWER_WITHIN_MILLIS);
        return socket;
    }

    /** The lab's time is not the machine's, so no certificate of it is within its days. */
    static SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Credulous()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException unknown) {
            throw new IllegalStateException("this Java has no TLS", unknown);
        }
    }

    private static final class Credulous implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            // no client certificates here
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // whom it talks to is not what the test is about
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Commands and their replies, of several lines as their last. */
    private static final class Talk {
        private final Socket socket;
        private final BufferedReader reader;

        Talk(Socket socket) throws IOException {
            this.socket = socket;
            this.reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        String ask(String command) throws IOException {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            return hear();
        }

        String hear() throws IOException {
            String line = reader.readLine();
            while (line != null && line.length() > 3 && line.charAt(3) == '-') {
                line = reader.readLine();
            }
            return line == null ? "closed closed" : line;
        }
    }
}
