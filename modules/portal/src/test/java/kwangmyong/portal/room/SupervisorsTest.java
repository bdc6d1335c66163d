package kwangmyong.portal.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.web.http.Headers;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;
import org.junit.jupiter.api.Test;

class SupervisorsTest {
    private static final InetAddress DESK = Addresses.parse("10.76.10.2");

    private final AtomicLong nanos = new AtomicLong();
    private final Supervisors supervisors = new Supervisors(nanos::get);

    private static Request request(String scheme, String cookie) {
        var target = new Request.Target(scheme, "portal.kp", -1, "/room", "");
        var headers = Headers.copyOf(List.of(Map.entry("Cookie", cookie)));
        var socket = new InetSocketAddress(DESK, 40_000);
        return new Request("GET", target, headers, new byte[0], socket, socket);
    }

    /** As a browser sends it back. */
    private String logIn(String scheme) {
        Reply reply = supervisors.begin(request(scheme, "a=b"), "operator", DESK, Reply.empty(204));
        String field = String.valueOf(reply.headers().first("Set-Cookie"));
        return field.substring(0, field.indexOf(';'));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void halfAnHourOfSilenceEndsIt() {
        String cookie = logIn("http");
        pass(Duration.ofMinutes(29));
        assertThat(supervisors.operator(request("http", cookie), DESK)).isEqualTo("operator");
        pass(Duration.ofMinutes(29));
        assertThat(supervisors.operator(request("http", cookie), DESK)).isEqualTo("operator");
        pass(Duration.ofMinutes(31));
        assertThat(supervisors.operator(request("http", cookie), DESK)).isNull();
    }

    @Test
    void twelveHoursEndItHoweverBusy() {
        String cookie = logIn("http");
        for (int i = 0; i < 36; i++) {
            pass(Duration.ofMinutes(20));
            assertThat(supervisors.operator(request("http", cookie), DESK)).isEqualTo("operator");
        }
        pass(Duration.ofMinutes(1));
        assertThat(supervisors.operator(request("http", cookie), DESK)).isNull();
    }

    @Test
    void overTlsTheCookieNeverLeavesTls() {
        Reply reply = supervisors.begin(request("https", "a=b"), "operator", DESK, Reply.empty(204));
        assertThat(reply.headers().first("Set-Cookie")).endsWith("; Secure");
    }

    @Test
    void holdsNoMoreThanItsNumberOfLogIns() {
        String first = logIn("http");
        for (int i = 0; i < 64; i++) {
            logIn("http");
        }
        assertThat(supervisors.operator(request("http", first), DESK)).isNull();
    }
}
