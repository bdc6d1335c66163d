package kwangmyong.bench.probe;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A comparison as the keys of OONI's ts-017-web-connectivity, with the formats that it builds on: df-001, df-002, df-005, df-006. */
final class WebConnectivity {
    /** By the names of their files. */
    static final Map<String, Integer> EXTENSIONS = Map.of("httpt", 0, "dnst", 0, "tcpconnect", 0, "tlshandshake", 0);

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int FAILED = -1; // as the spec has a control's sizes and codes

    private WebConnectivity() {}

    static ObjectNode keys(Comparison seen, @Nullable String socks, String host) {
        ObjectNode keys = NODES.objectNode();
        Fetched page = seen.page();
        keys.put("agent", "agent");
        keys.put(
                "client_resolver",
                seen.lookups().isEmpty()
                        ? ""
                        : withoutPort(seen.lookups().get(0).resolver()));
        keys.putNull("retries");
        text(keys, "socksproxy", socks);
        keys.putArray("network_events");
        keys.set("queries", queries(seen.lookups()));
        keys.set("tcp_connect", connects(seen));
        keys.set("tls_handshakes", handshakes(page, host));
        keys.putArray("requests").add(request(page));
        text(keys, "dns_experiment_failure", dnsFailure(seen.lookups()));
        text(keys, "dns_consistency", seen.dnsConsistency());
        text(keys, "control_failure", seen.control().failure());
        keys.set("control", control(seen, host));
        text(keys, "http_experiment_failure", page.failure());
        truth(keys, "body_length_match", seen.bodyLengthMatch());
        Double proportion = seen.bodyProportion();
        if (proportion == null) {
            keys.putNull("body_proportion");
        } else {
            keys.put("body_proportion", proportion);
        }
        truth(keys, "status_code_match", seen.statusCodeMatch());
        truth(keys, "headers_match", seen.headersMatch());
        truth(keys, "title_match", seen.titleMatch());
        keys.put("accessible", seen.isAccessible());
        String blocking = seen.blocking();
        if (blocking.isEmpty()) {
            keys.put("blocking", false);
        } else {
            keys.put("blocking", blocking);
        }
        return keys;
    }

    static ArrayNode queries(List<Lookup> lookups) {
        ArrayNode queries = NODES.arrayNode();
        for (Lookup lookup : lookups) {
            ObjectNode query = queries.addObject();
            ArrayNode answers = query.putArray("answers");
            for (Lookup.Answer answer : lookup.answers()) {
                ObjectNode one = answers.addObject();
                one.put("answer_type", answer.type());
                switch (answer.type()) {
                    case "A" -> one.put("ipv4", answer.data());
                    case "AAAA" -> one.put("ipv6", answer.data());
                    default -> one.put("hostname", answer.data());
                }
                one.put("ttl", answer.ttl());
            }
            query.put("engine", "udp");
            text(query, "failure", lookup.failure());
            query.put("hostname", lookup.name());
            query.put("query_type", lookup.type());
            if (lookup.rcode() >= 0) {
                query.put("rcode", lookup.rcode());
            }
            query.put("resolver_address", lookup.resolver());
            times(query, lookup.begun(), lookup.ended());
        }
        return queries;
    }

    private static @Nullable String dnsFailure(List<Lookup> lookups) {
        if (lookups.isEmpty() || !Comparison.addresses(lookups).isEmpty()) {
            return null;
        }
        return lookups.get(0).failure();
    }

    /** The one connection that curl made, to the host itself; none when a tool made it instead. */
    private static ArrayNode connects(Comparison seen) {
        ArrayNode connects = NODES.arrayNode();
        Fetched page = seen.page();
        if (seen.lookups().isEmpty() || page.address().isEmpty()) {
            return connects;
        }
        ObjectNode connect = connects.addObject();
        connect.put("ip", withoutPort(page.address()));
        connect.put(
                "port", Integer.parseInt(page.address().substring(page.address().lastIndexOf(':') + 1)));
        ObjectNode status = connect.putObject("status");
        boolean connected = page.connected() > 0;
        text(status, "failure", connected ? null : page.failure());
        status.put("success", connected);
        times(connect, page.begun(), page.begun() + page.connected());
        return connects;
    }

    private static ArrayNode handshakes(Fetched page, String host) {
        ArrayNode handshakes = NODES.arrayNode();
        if (!page.url().startsWith("https:")
                || page.connected() == 0
                || page.address().isEmpty()) {
            return handshakes;
        }
        ObjectNode handshake = handshakes.addObject();
        handshake.put("network", "tcp");
        handshake.put("address", page.address());
        handshake.put("cipher_suite", "");
        text(handshake, "failure", page.secured() > 0 ? null : page.failure());
        handshake.put("negotiated_protocol", "");
        handshake.put("no_tls_verify", false);
        handshake.putArray("peer_certificates");
        handshake.put("server_name", host);
        handshake.put("tls_version", "");
        times(handshake, page.begun() + page.connected(), page.begun() + Math.max(page.secured(), page.connected()));
        return handshakes;
    }

    private static ObjectNode request(Fetched page) {
        ObjectNode transaction = NODES.objectNode();
        transaction.put("network", "tcp");
        transaction.put("address", page.address());
        text(transaction, "failure", page.failure());
        ObjectNode request = transaction.putObject("request");
        request.put("url", page.url());
        request.put("body", "");
        request.put("body_is_truncated", false);
        request.putObject("headers");
        request.putArray("headers_list");
        request.put("method", "GET");
        ObjectNode tor = request.putObject("tor");
        tor.putNull("exit_ip");
        tor.putNull("exit_name");
        tor.put("is_tor", false);
        request.put("x_transport", "tcp");
        ObjectNode response = transaction.putObject("response");
        response.put("body", page.isWhole() ? Fetcher.asText(page.body()) : "");
        response.put("body_is_truncated", page.size() > page.body().length);
        response.put("code", page.code());
        ObjectNode headers = response.putObject("headers");
        ArrayNode list = response.putArray("headers_list");
        for (Fetched.Header header : page.headers()) {
            if (!headers.has(header.name())) {
                headers.put(header.name(), header.value());
            }
            list.addArray().add(header.name()).add(header.value());
        }
        times(transaction, page.begun(), page.begun() + page.seconds());
        return transaction;
    }

    private static ObjectNode control(Comparison seen, String host) {
        Fetched page = seen.control();
        ObjectNode control = NODES.objectNode();
        ObjectNode connects = control.putObject("tcp_connect");
        ObjectNode handshakes = control.putObject("tls_handshake");
        if (!page.address().isEmpty()) {
            ObjectNode connect = connects.putObject(page.address());
            connect.put("status", page.connected() > 0);
            text(connect, "failure", page.connected() > 0 ? null : page.failure());
            if (page.url().startsWith("https:")) {
                ObjectNode handshake = handshakes.putObject(page.address());
                handshake.put("server_name", host);
                handshake.put("status", page.secured() > 0);
                text(handshake, "failure", page.secured() > 0 ? null : page.failure());
            }
        }
        ObjectNode request = control.putObject("http_request");
        request.put("body_length", page.isWhole() ? page.size() : FAILED);
        text(request, "failure", page.failure());
        request.put("title", Comparison.title(page));
        ObjectNode headers = request.putObject("headers");
        page.headers().forEach(header -> headers.put(header.name(), header.value()));
        request.put("status_code", page.isWhole() ? page.code() : FAILED);
        ObjectNode dns = control.putObject("dns");
        text(dns, "failure", dnsFailure(seen.controlLookups()));
        ArrayNode addresses = dns.putArray("addrs");
        Comparison.addresses(seen.controlLookups()).forEach(addresses::add);
        return control;
    }

    private static String withoutPort(String endpoint) {
        int colon = endpoint.lastIndexOf(':');
        return (colon < 0 ? endpoint : endpoint.substring(0, colon)).replaceAll("[\\[\\]]", "");
    }

    private static void times(ObjectNode node, double begun, double ended) {
        node.put("t0", begun);
        node.put("t", ended);
        node.putArray("tags");
    }

    private static void text(ObjectNode node, String key, @Nullable String text) {
        if (text == null) {
            node.putNull(key);
        } else {
            node.put(key, text);
        }
    }

    private static void truth(ObjectNode node, String key, @Nullable Boolean truth) {
        if (truth == null) {
            node.putNull(key);
        } else {
            node.put(key, truth);
        }
    }
}
