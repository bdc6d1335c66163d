package kwangmyong.net.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes and signs certificates, RFC 5280. */
final class CertificateFactory {
    private static final String ORGANIZATION = "Kwangmyong Lab";
    private static final String SIGNATURE = "SHA256withECDSA";
    /** RFC 5280 §4.1.2.2 allows 20 octets; 64 random bits are what CAs are held to. */
    private static final int SERIAL_BITS = 127;
    /** Machines whose clocks lag a little still believe a certificate that was just made. */
    private static final Duration BACKDATED = Duration.ofHours(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Clock clock;

    CertificateFactory(Clock clock) {
        this.clock = clock;
    }

    static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        return generator.generateKeyPair();
    }

    X509Certificate authority(String title, KeyPair keys, Duration lifetime) throws GeneralSecurityException {
        X500Name self = name(title);
        Instant from = clock.instant().minus(BACKDATED);
        try {
            X509v3CertificateBuilder builder = certificate(
                            self, keys.getPublic(), from, from.plus(lifetime), self, keys.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return signed(builder, keys);
        } catch (CertIOException impossible) {
            throw new CertificateException(impossible);
        }
    }

    X509Certificate server(
            SubjectNames names, KeyPair keys, KeyPair issuerKeys, X509Certificate issuer, Duration lifetime)
            throws GeneralSecurityException {
        return leaf(KeyPurposeId.id_kp_serverAuth, names, keys, issuerKeys, issuer, lifetime);
    }

    /** Of somebody who connects to servers and is known by a name. */
    X509Certificate client(
            SubjectNames names, KeyPair keys, KeyPair issuerKeys, X509Certificate issuer, Duration lifetime)
            throws GeneralSecurityException {
        return leaf(KeyPurposeId.id_kp_clientAuth, names, keys, issuerKeys, issuer, lifetime);
    }

    private X509Certificate leaf(
            KeyPurposeId purpose,
            SubjectNames names,
            KeyPair keys,
            KeyPair issuerKeys,
            X509Certificate issuer,
            Duration lifetime)
            throws GeneralSecurityException {
        X500Name issuerName =
                X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded());
        Instant from = clock.instant().minus(BACKDATED);
        Instant end = from.plus(lifetime).minusSeconds(1); // both ends count as valid
        Instant issuerEnd = issuer.getNotAfter().toInstant();
        Instant until = end.isBefore(issuerEnd) ? end : issuerEnd;
        try {
            X509v3CertificateBuilder builder = certificate(
                            name(names.common()), keys.getPublic(), from, until, issuerName, issuer.getPublicKey())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
                    .addExtension(Extension.subjectAlternativeName, false, names.extension());
            return signed(builder, issuerKeys);
        } catch (CertIOException impossible) {
            throw new CertificateException(impossible);
        }
    }

    /** What every certificate has: who it is of and from, how long it is believed, and the identifiers of both keys (RFC 5280 §4.2.1.1, §4.2.1.2). */
    private static X509v3CertificateBuilder certificate(
            X500Name subject, PublicKey key, Instant from, Instant until, X500Name issuer, PublicKey issuerKey)
            throws GeneralSecurityException, CertIOException {
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        return new JcaX509v3CertificateBuilder(issuer, serial(), Date.from(from), Date.from(until), subject, key)
                .addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key))
                .addExtension(
                        Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(issuerKey));
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair issuerKeys)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder(SIGNATURE).build(issuerKeys.getPrivate())));
        } catch (OperatorCreationException noSigner) {
            throw new GeneralSecurityException(noSigner);
        }
    }

    private static X500Name name(String common) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, ORGANIZATION)
                .addRDN(BCStyle.CN, common)
                .build();
    }

    private static BigInteger serial() {
        return new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE);
    }
}
