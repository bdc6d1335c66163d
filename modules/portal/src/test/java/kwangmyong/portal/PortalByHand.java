package kwangmyong.portal;

import java.util.concurrent.CountDownLatch;
import kwangmyong.kernel.service.Service.StartException;

/** Holds a test portal open until interrupted, for looking at its pages in a browser. */
final class PortalByHand {
    private PortalByHand() {}

    public static void main(String[] arguments) throws StartException, InterruptedException {
        try (TestPortal portal = TestPortal.open()) {
            portal.denied("GET http://lib.kut.edu.kp/search?q=%EC%82%AC%EC%A0%84");
            portal.denied("dailynk.com A");
            System.out.println("http://127.0.0.1:" + portal.http().getPort() + "/ at " + portal.http());
            new CountDownLatch(1).await();
        }
    }
}
