package kwangmyong.access;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.net.InetAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kwangmyong.access.account.AccountConfig;
import kwangmyong.access.config.AccessConfig;
import kwangmyong.access.config.LimitsConfig;
import kwangmyong.access.config.MinutesQuota;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Subject;

/** The labs, the people and the terminals among which {@link ControllerModelTest} has things happen. */
final class ModelLab {
    static final InetAddress GUEST_SEAT = DefaultLab.address("10.76.30.12");
    static final List<InetAddress> TERMINALS = List.of(
            TestController.CAFE,
            TestController.CAFE_WINDOW,
            TestController.CAMPUS,
            TestController.HOTEL,
            TestController.WORKBENCH,
            GUEST_SEAT);
    static final List<String> SUBJECTS = List.of("resident", "academic", "trader", "delegate", "guest");
    /** Cheap to check: 8 KiB, one pass. */
    static final String CHEAP = Argon2Function.getInstance(8, 1, 1, 16, Argon2.ID)
            .hash("secret", "saltsalt")
            .getResult();

    private ModelLab() {}

    static Policy policy(boolean whole) {
        Policy lab = DefaultLab.policy();
        List<Subject> subjects = lab.subjects().stream()
                .filter(subject -> whole || !subject.name().equals("delegate"))
                .toList();
        List<Attachment> attachments = lab.attachments().stream()
                .filter(one -> whole || !one.name().equals("hotel"))
                .map(one -> !one.name().equals("cafe") || !whole
                        ? one
                        : new Attachment(
                                one.name(),
                                one.ranges(),
                                one.ceiling(),
                                one.logIn(),
                                null,
                                null,
                                Duration.ofMinutes(100)))
                .toList();
        return new Policy(
                lab.lattice(),
                subjects,
                attachments,
                lab.rules(),
                lab.mail(),
                lab.captive(),
                lab.denials(),
                List.of(),
                true);
    }

    static AccessConfig config(boolean limited) {
        var quotas = List.of(
                new MinutesQuota(
                        "hall", Set.of("resident", "trader"), Set.of("cafe", "workbench"), Duration.ofHours(2)),
                new MinutesQuota("all", Set.of(), Set.of(), Duration.ofHours(5)));
        return AccessConfig.of(
                        SUBJECTS.stream()
                                .map(name -> new AccountConfig(name, null, CHEAP))
                                .toList(),
                        List.of())
                .within(new LimitsConfig(
                        limited ? 2 : 0,
                        Map.of("delegate", 1),
                        limited ? quotas : quotas.subList(1, 2),
                        ZoneId.of("Asia/Pyongyang")));
    }
}
