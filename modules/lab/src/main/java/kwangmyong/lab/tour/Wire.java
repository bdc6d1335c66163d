package kwangmyong.lab.tour;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import kwangmyong.kernel.place.AddressPlan;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Asks the lab's services as a program at some terminal would: plain sockets, bound to that terminal's address, and a DNS library of somebody
 * else's. Each call opens what it needs and closes it.
 */
final class Wire {
    /** How long an answer may take; a lab on this machine answers within milliseconds, password hashes apart. */
    private static final int ANSWER_WITHIN_MILLIS = 20_000;

    private static final int MAX_UDP = 4_096;

    private final AddressPlan plan;
    private final Terminals terminals;
    private final Services services;
    private final SSLContext trustsTheGarden;

    Wire(AddressPlan plan, Terminals terminals, Services services, SSLContext trustsTheGarden) {
        this.plan = plan;
        this.terminals = terminals;
        this.services = services;
        this.trustsTheGarden = trustsTheGarden;
    }

    /** Where to ask, as lab addresses. */
    record Services(
            InetSocketAddress dns,
            InetSocketAddress gateway,
            @Nullable InetSocketAddress submission) {}

    /** The answer to a lookup: {@code answer}, {@code nodata}, a response code such as {@code nxdomain}, or {@code silence}. */
    String resolve(InetAddress terminal, String name) throws IOException {
        byte[] query = query(name, Type.A).toWire();
        try (var socket =
                terminals.at(terminal, () -> new DatagramSocket(new InetSocketAddress(plan.socket(terminal), 0)))) {
            socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
            socket.send(new DatagramPacket(query, query.length, plan.socket(services.dns())));
            var reply = new DatagramPacket(new byte[MAX_UDP], MAX_UDP);
            socket.receive(reply);
            Message answer = new Message(java.util.Arrays.copyOf(reply.getData(), reply.getLength()));
            int code = answer.getHeader().getRcode();
            if (code != Rcode.NOERROR) {
                return Rcode.string(code).toLowerCase(Locale.ROOT);
            }
            return answer.getSection(Section.ANSWER).isEmpty() ? "nodata" : "answer";
        } catch (SocketTimeoutException nothingCame) {
            return "silence";
        }
    }

    /** What a request for the whole zone brings: {@code whole} when it begins and ends with the zone's SOA, else the response code. */
    String transfer(InetAddress terminal, String zone) throws IOException {
        byte[] query = query(zone, Type.AXFR).toWire();
        try (Socket socket = connect(terminal, services.dns())) {
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(query.length);
            out.write(query);
            var in = new DataInputStream(socket.getInputStream());
            int soas = 0;
            while (soas < 2) {
                Message answer = new Message(in.readNBytes(in.readUnsignedShort()));
                int code = answer.getHeader().getRcode();
                if (code != Rcode.NOERROR) {
                    return Rcode.string(code).toLowerCase(Locale.ROOT);
                }
                for (Record record : answer.getSection(Section.ANSWER)) {
                    soas += record.getType() == Type.SOA ? 1 : 0;
                }
            }
            return "whole";
        } catch (SocketTimeoutException nothingCame) {
            return "silence";
        } catch (EOFException closed) {
            return "closed";
        }
    }

    private static Message query(String name, int type) {
        try {
            return Message.newQuery(Record.newRecord(Name.fromString(name + "."), type, DClass.IN));
        } catch (TextParseException notAName) {
            throw new IllegalArgumentException("'" + name + "' is not a name", notAName);
        }
    }

    /** The status of a page fetched through the gateway, or {@code reset}, {@code hang}. */
    String fetch(InetAddress terminal, String host) throws IOException {
        return proxyStatus(
                terminal, "GET http://" + host + "/ HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }

    /** The status of a CONNECT to port 443, or {@code reset}, {@code hang}. */
    String tunnel(InetAddress terminal, String host) throws IOException {
        return proxyStatus(terminal, "CONNECT " + host + ":443 HTTP/1.1\r\nHost: " + host + ":443\r\n\r\n");
    }

    private String proxyStatus(InetAddress terminal, String request) throws IOException {
        try (Socket socket = connect(terminal, services.gateway())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String status = reader.readLine();
            if (status == null) {
                return "reset";
            }
            String[] words = status.split(" ", 3);
            return words.length >= 2 ? words[1] : status;
        } catch (SocketTimeoutException nothingCame) {
            return "hang";
        } catch (java.net.SocketException reset) {
            return "reset";
        }
    }

    /** The reply to AUTH PLAIN over STARTTLS: code and enhanced code, as {@code 235 2.7.0}. */
    String mailLogIn(InetAddress terminal, String subject, String password) throws IOException {
        try (Letter letter = new Letter(terminal)) {
            return code(letter.authenticate(subject, password));
        }
    }

    /** The reply to RCPT for a letter from one's own mailbox: code and enhanced code, as {@code 250 2.1.5}. */
    String mailTo(InetAddress terminal, String subject, String password, String from, String to) throws IOException {
        try (Letter letter = new Letter(terminal)) {
            String accepted = letter.authenticate(subject, password);
            if (!accepted.startsWith("2")) {
                return code(accepted);
            }
            String sender = letter.ask("MAIL FROM:<" + from + ">");
            return code(sender.startsWith("2") ? letter.ask("RCPT TO:<" + to + ">") : sender);
        }
    }

    private static String code(String reply) {
        String[] words = reply.split("[ -]", 3);
        boolean enhanced = words.length > 1 && words[1].matches("[245]\\.\\d+\\.\\d+");
        return enhanced ? words[0] + " " + words[1] : words[0];
    }

    private Socket connect(InetAddress terminal, InetSocketAddress service) throws IOException {
        Socket socket = terminals.at(terminal, () -> {
            var bound = new Socket();
            bound.bind(new InetSocketAddress(plan.socket(terminal), 0));
            return bound;
        });
        socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
        socket.connect(plan.socket(service), ANSWER_WITHIN_MILLIS);
        return socket;
    }

    /** One conversation with the submission service. */
    private final class Letter implements AutoCloseable {
        private Socket socket;
        private BufferedReader reader;
        private OutputStream writer;

        Letter(InetAddress terminal) throws IOException {
            socket = connect(terminal, Objects.requireNonNull(services.submission(), "this lab has no mail"));
            reader = reader(socket);
            writer = socket.getOutputStream();
            reply();
            ask("EHLO tour.invalid");
            ask("STARTTLS");
            SSLSocket tls = (SSLSocket) trustsTheGarden
                    .getSocketFactory()
                    .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
            tls.startHandshake();
            socket = tls;
            reader = reader(tls);
            writer = tls.getOutputStream();
            ask("EHLO tour.invalid");
        }

        String authenticate(String subject, String password) throws IOException {
            byte[] plain = ("\0" + subject + "\0" + password).getBytes(StandardCharsets.UTF_8);
            return ask("AUTH PLAIN " + Base64.getEncoder().encodeToString(plain));
        }

        String ask(String command) throws IOException {
            writer.write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            writer.flush();
            return reply();
        }

        private String reply() throws IOException {
            String line = reader.readLine();
            while (line != null && line.length() > 3 && line.charAt(3) == '-') {
                line = reader.readLine();
            }
            return line == null ? "closed" : line;
        }

        private BufferedReader reader(Socket from) throws IOException {
            return new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8));
        }

        @Override
        public void close() throws IOException {
            try {
                writer.write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
                writer.flush();
            } catch (java.net.SocketException alreadyClosed) {
                // the service hung up first, as it may after a refusal
            } finally {
                socket.close();
            }
        }
    }
}
