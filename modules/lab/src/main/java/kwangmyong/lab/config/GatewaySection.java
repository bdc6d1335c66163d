package kwangmyong.lab.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import kwangmyong.gateway.Forwarded;
import kwangmyong.gateway.GatewayConfig;
import kwangmyong.gateway.content.ContentRule;
import kwangmyong.gateway.quota.Quota;
import kwangmyong.kernel.policy.NamePattern;

/**
 * The gateway.
 *
 * @param reaches the only ports it fetches from or tunnels to
 * @param content what may not be fetched from permitted hosts
 * @param checks which of {@code host}, {@code sni}, {@code no_sni}, {@code not_tls}, {@code inner_host} deny where parts of a request disagree; else they are noted
 * @param cached the hosts whose answers it may keep; empty for nobody's
 * @param cacheMegabytes how much of them
 * @param timeouts how long anything may take
 * @param forwarded what hosts are told of who asks
 * @param quotas what subjects may use
 */
public record GatewaySection(
        List<InetAddress> listen,
        int proxy,
        int tls,
        List<Integer> reaches,
        Set<String> checks,
        List<ContentRule> content,
        List<NamePattern> cached,
        int cacheMegabytes,
        GatewayConfig.Timeouts timeouts,
        Forwarded forwarded,
        List<Quota> quotas) {
    public GatewaySection {
        quotas = List.copyOf(quotas);
        listen = List.copyOf(listen);
        reaches = List.copyOf(reaches);
        checks = Set.copyOf(checks);
        cached = List.copyOf(cached);
        content = List.copyOf(content);
    }
}
