package kwangmyong.lab.parts;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kwangmyong.access.account.AccountConfig;
import kwangmyong.access.config.AccessConfig;
import kwangmyong.api.ApiConfig;
import kwangmyong.border.BorderConfig;
import kwangmyong.border.api.Condition;
import kwangmyong.console.ConsoleConfig;
import kwangmyong.console.drop.DropConfig;
import kwangmyong.dns.DnsConfig;
import kwangmyong.dns.TransferConfig;
import kwangmyong.gateway.Checks;
import kwangmyong.gateway.GatewayConfig;
import kwangmyong.gateway.cache.CacheConfig;
import kwangmyong.gateway.quota.Quota;
import kwangmyong.gateway.quota.QuotaConfig;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.lab.config.GatewaySection;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.config.MailSection;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.mail.MailConfig;
import kwangmyong.mail.MailConfig.Protocol;
import kwangmyong.portal.PortalConfig;
import kwangmyong.portal.metrics.MetricsConfig;
import org.jspecify.annotations.Nullable;

/** What each service needs, out of what the lab declares. */
public final class ServiceConfigs {
    private ServiceConfigs() {}

    public static AccessConfig access(LabDeclaration lab) {
        List<AccountConfig> accounts = new ArrayList<>();
        lab.accounts().forEach((subject, password) -> accounts.add(account(subject, password)));
        List<AccountConfig> operators = new ArrayList<>();
        lab.operators().forEach((name, operator) -> {
            if (operator.password() != null) {
                operators.add(account(name, operator.password()));
            }
        });
        Duration lasting = lab.sessions().lasting();
        return new AccessConfig(
                accounts,
                operators,
                lab.terminals(),
                lasting,
                lasting,
                lab.sessions().limits(),
                lab.keys());
    }

    /**
     * What the border needs.
     *
     * @param own addresses that only the lab itself speaks from
     */
    public static BorderConfig border(LabDeclaration lab, Set<InetAddress> own) {
        Map<String, Condition> conditions = new HashMap<>();
        lab.policy().attachments().forEach(attachment -> conditions.put(attachment.name(), Condition.CLEAR));
        conditions.putAll(lab.border().attachments());
        return new BorderConfig(
                own,
                lab.border().link(),
                conditions,
                lab.seed(),
                lab.border().flows(),
                lab.border().memory());
    }

    private static AccountConfig account(String name, LabDeclaration.Password password) {
        if (password instanceof LabDeclaration.Password.Hash hash) {
            return new AccountConfig(name, null, hash.encoded());
        }
        return AccountConfig.demonstration(name);
    }

    public static DnsConfig dns(LabDeclaration lab, StateFolder state) {
        return new DnsConfig(
                Addressing.each(lab.dns().listen(), lab.dns().port()),
                lab.dns().zones().stream()
                        .map(zone -> new DnsConfig.ZoneSource(zone.name(), zone.file(), zone.world(), zone.signing()))
                        .toList(),
                DnsConfig.Limits.DEFAULT.withRate(lab.dns().rateLimit()),
                DnsConfig.SINKHOLE_TTL,
                lab.dns().nsid(),
                lab.dns().encrypted(),
                lab.dns().cookies(),
                state.zoneKeys(),
                lab.dns().resolvers(),
                TransferConfig.NONE);
    }

    /** @throws StartException when the secret of a key cannot be used */
    static TransferConfig transfers(LabDeclaration declaration, StateFolder state) throws StartException {
        return new TransferConfig(
                TransferSecrets.open(
                        declaration.dns().transferKeys(), state.keys().resolve("tsig")),
                InstantSource.system(),
                declaration.dns().told(),
                declaration.dns().secondaries(),
                state.root().resolve("secondary"));
    }

    static GatewayConfig gateway(LabDeclaration lab, StateFolder state) {
        var portal = GatewayConfig.Portal.at(lab.portal().host(), lab.portal().listen());
        return GatewayConfig.of(Addressing.gateway(lab), portal, neverReached(lab))
                .withTls(Addressing.gatewayTls(lab))
                .withContent(lab.gateway().content())
                .withChecks(checks(lab.gateway().checks()))
                .withPorts(Set.copyOf(lab.gateway().reaches()))
                .withCache(cache(lab.gateway(), state))
                .withTimeouts(lab.gateway().timeouts())
                .withForwarded(lab.gateway().forwarded())
                .withQuotas(quotas(lab, state));
    }

    private static @Nullable CacheConfig cache(GatewaySection gateway, StateFolder state) {
        return gateway.cached().isEmpty()
                ? null
                : new CacheConfig(
                        state.cache(),
                        gateway.cached(),
                        (long) gateway.cacheMegabytes() << 20,
                        CacheConfig.DEFAULT_LARGEST);
    }

    private static @Nullable QuotaConfig quotas(LabDeclaration lab, StateFolder state) {
        List<Quota> quotas = lab.gateway().quotas();
        return quotas.isEmpty() ? null : new QuotaConfig(quotas, lab.timeZone(), state.quotas());
    }

    private static Checks checks(Set<String> denying) {
        return new Checks(
                check(denying, "host"),
                check(denying, "sni"),
                check(denying, "no_sni"),
                check(denying, "not_tls"),
                check(denying, "inner_host"));
    }

    private static Checks.Answer check(Set<String> denying, String name) {
        return denying.contains(name) ? Checks.Answer.DENY : Checks.Answer.NOTE;
    }

    /** Terminals, and every address that a service of the lab listens on: no name leads a subject there by way of the gateway. */
    private static List<AddressRange> neverReached(LabDeclaration lab) {
        List<AddressRange> never = new ArrayList<>();
        lab.policy().attachments().forEach(attachment -> never.addAll(attachment.ranges()));
        Addressing.services(lab)
                .forEach(address -> never.add(new AddressRange(address, address.getAddress().length * 8)));
        return never;
    }

    /** Passwords without TLS are for POP3 in loopback mode alone, where nothing leaves the machine. */
    static MailConfig mail(LabDeclaration lab, MailSection mail, boolean loopback) {
        Map<Protocol, List<InetSocketAddress>> listen = new EnumMap<>(Protocol.class);
        listen.put(Protocol.SMTP, Addressing.each(mail.listen(), mail.smtp()));
        listen.put(Protocol.SUBMISSION, Addressing.each(mail.listen(), mail.submission()));
        listen.put(Protocol.SUBMISSIONS, Addressing.each(mail.listen(), mail.submissions()));
        listen.put(Protocol.POP3, Addressing.each(mail.listen(), mail.pop3()));
        listen.put(Protocol.POP3S, Addressing.each(mail.listen(), mail.pop3s()));
        Map<String, String> mailboxes = lab.mailboxes();
        MailConfig usual = MailConfig.at(
                mail.listen(),
                mail.host(),
                List.copyOf(lab.policy().mail().domains()),
                subject -> Optional.ofNullable(mailboxes.get(subject)),
                loopback);
        return new MailConfig(
                listen,
                usual.host(),
                usual.domains(),
                usual.mailboxes(),
                usual.postmaster(),
                usual.plaintextLogIn(),
                usual.limits(),
                usual.storeLimits());
    }

    public static ConsoleConfig console(LabDeclaration lab, StateFolder state) {
        Map<String, List<String>> keys = new HashMap<>();
        lab.operators().forEach((name, operator) -> keys.put(name, operator.keys()));
        return ConsoleConfig.of(
                        lab.name(),
                        Addressing.each(lab.console().listen(), lab.console().ssh()),
                        keys,
                        state.keys().resolve("console"))
                .withFiles(DropConfig.of(state.root(), Map.of("journal", false, "captures", false, "content", true)));
    }

    public static MetricsConfig metrics(LabDeclaration lab) {
        return new MetricsConfig(lab.metrics().listen(), lab.metrics().port(), lab.title());
    }

    /** Tokens in the clear are for loopback mode alone, where nothing leaves the machine. */
    public static ApiConfig api(LabDeclaration lab, AddressPlan plan) {
        return new ApiConfig(
                plan.isLoopback(),
                lab.portal().operatorsFrom(),
                Set.copyOf(lab.gateway().listen()),
                ApiConfig.Limits.DEFAULT);
    }

    public static PortalConfig portal(LabDeclaration lab, AddressPlan plan) {
        return new PortalConfig(
                lab.policy().captive(),
                lab.portal().http(),
                lab.portal().https(),
                lab.title(),
                lab.timeZone(),
                Addresses.text(plan.socket(Addressing.gateway(lab))),
                Set.copyOf(lab.gateway().listen()),
                lab.sinkholes());
    }
}
