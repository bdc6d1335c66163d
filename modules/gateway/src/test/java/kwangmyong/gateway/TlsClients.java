package kwangmyong.gateway;

import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** TLS as clients of different belief have it. */
final class TlsClients {
    private TlsClients() {}

    /** One that believes an authority, and nobody else. */
    static SSLContext believing(X509Certificate authority) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("authority", authority);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return of(factory.getTrustManagers());
    }

    static SSLContext of(TrustManager... managers) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers, null);
        return context;
    }
}
