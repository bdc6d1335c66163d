package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;

import kwangmyong.lab.GardenExtension.Outcome;
import kwangmyong.lab.outcome.ExitStatus;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The leak of 2016 seen by dig from the world: open, closed by the clock, and mended. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class) // the clock goes forward only
final class LeakIT {
    private static final String WORLD = "127.51.100.10";

    @RegisterExtension
    static final GardenExtension leaky = new GardenExtension("axfr-2016");

    @RegisterExtension
    static final GardenExtension mended = new GardenExtension("axfr-2016-fixed");

    /** The counts are those of the leak, with each zone's SOA twice. */
    @ParameterizedTest
    @CsvSource({
        "kp, 39",
        "co.kp, 10",
        "com.kp, 34",
        "edu.kp, 12",
        "gov.kp, 14",
        "net.kp, 30",
        "org.kp, 26",
        "rep.kp, 18"
    })
    @Order(1)
    void givesEveryZoneOfTheRegistryToAnyone(String zone, int records) throws Exception {
        assertThat(axfr(leaky, WORLD, zone)).contains("XFR size: " + records + " records");
    }

    @Test
    @Order(2)
    void keepsThePromisesOfTheTour() throws Exception {
        Outcome tour = leaky.kwm("tour", "--lab", "axfr-2016");
        assertThat(tour.status()).as(tour.output()).isZero();
        Outcome later = mended.kwm("tour", "--lab", "axfr-2016-fixed");
        assertThat(later.status()).as(later.output()).isZero();
    }

    @Test
    @Order(3)
    void closesWhenTheClockSaysSo() throws Exception {
        assertThat(leaky.kwm("clock", "--lab", "axfr-2016", "--to", "2016-09-20T10:00")
                        .output())
                .contains("2016-09-20T10:00");
        assertThat(axfr(leaky, WORLD, "kp")).contains("Transfer failed").doesNotContain("kptc");
        assertThat(leaky.kwm("clock", "--lab", "axfr-2016", "--to", "2016-09-19")
                        .status())
                .isEqualTo(ExitStatus.USAGE);
    }

    @Test
    @Order(4)
    void refusesAndJournalsInTheMendedLab() throws Exception {
        assertThat(axfr(mended, WORLD, "kp")).contains("Transfer failed").doesNotContain("kptc");
        assertThat(mended.kwm(
                                "events",
                                "--lab",
                                "axfr-2016-fixed",
                                "--where",
                                "action=transfer",
                                "--where",
                                "terminal=198.51.100.10")
                        .output())
                .contains("deny")
                .contains("kp AXFR");
        assertThat(axfr(mended, "127.76.40.11", "kp")).contains("XFR size: 38 records");
    }

    @Test
    @Order(5)
    void givesTheMendedZonesToWhoHasTheKey() throws Exception {
        String key = mended.state().resolve("keys/tsig/kptc-secondary.key").toString();
        assertThat(mended.run("dig", "-k", key, "-b", WORLD, "AXFR", "kp", "@127.76.0.1", "-p", mended.port(53))
                        .output())
                .contains("XFR size: 38 records", "TSIG")
                .doesNotContain("Couldn't verify");
    }

    @Test
    @Order(6)
    void checksTheLeakedZonesAndNamesTheirMistakes() throws Exception {
        Outcome leaked = leaky.kwm("zone", "check", "axfr-2016");
        assertThat(leaked.status()).isEqualTo(ExitStatus.DIFFERENT);
        assertThat(leaked.output())
                .contains(
                        "kp.zone:8: error: the name server ns3.kptc.kp has no address",
                        "airkoryo.com.kp.zone:13: error:",
                        "[spf-version]",
                        "[spf-mechanism]",
                        "[spf-mail-host]",
                        "175.45.178.60",
                        "'#10.176.45.175.in-addr.arpa' stands for no address",
                        "[rname-lost-dot]",
                        "[ptr-forward]",
                        "star.edu.kp has one name server",
                        "3 errors, 6 warnings");
        Outcome sound = mended.kwm("zone", "check", "--strict", "axfr-2016-fixed");
        assertThat(sound.status()).as(sound.output()).isZero();
    }

    private static String axfr(GardenExtension lab, String from, String zone) throws Exception {
        return lab.run("dig", "-b", from, "AXFR", zone, "@127.76.0.1", "-p", lab.port(53))
                .output();
    }
}
