package kwangmyong.net.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import kwangmyong.kernel.place.Addresses;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * What a certificate speaks for (subjectAltName, RFC 5280 §4.2.1.6). Equal when the same names and addresses are in it, in whatever order.
 *
 * @param common the name shown to people
 */
record SubjectNames(String common, Set<String> dns, Set<String> addresses) {
    private static final int COMMON_NAME_LIMIT = 64;

    SubjectNames(List<String> dnsNames, List<InetAddress> addresses) {
        this(common(dnsNames, addresses), lowerCase(dnsNames), text(addresses));
    }

    /** What an existing certificate speaks for; names of other kinds are left out. */
    static SubjectNames of(X509Certificate certificate) throws CertificateParsingException {
        Set<String> dns = new TreeSet<>();
        Set<String> addresses = new TreeSet<>();
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        for (List<?> name : names == null ? List.<List<?>>of() : names) {
            if (name.get(0).equals(GeneralName.dNSName)) {
                dns.add((String) name.get(1));
            } else if (name.get(0).equals(GeneralName.iPAddress)) {
                addresses.add(Addresses.parse((String) name.get(1)).getHostAddress());
            }
        }
        return new SubjectNames("", dns, addresses);
    }

    GeneralNames extension() {
        GeneralName[] names = new GeneralName[dns.size() + addresses.size()];
        int i = 0;
        for (String name : dns) {
            names[i++] = new GeneralName(GeneralName.dNSName, name);
        }
        for (String address : addresses) {
            names[i++] = new GeneralName(
                    GeneralName.iPAddress,
                    new DEROctetString(Addresses.parse(address).getAddress()));
        }
        return new GeneralNames(names);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SubjectNames names && names.dns.equals(dns) && names.addresses.equals(addresses);
    }

    @Override
    public int hashCode() {
        return 31 * dns.hashCode() + addresses.hashCode();
    }

    private static String common(List<String> dnsNames, List<InetAddress> addresses) {
        if (dnsNames.isEmpty() && addresses.isEmpty()) {
            throw new IllegalArgumentException("a server's certificate needs a name or an address");
        }
        String first = dnsNames.isEmpty() ? addresses.get(0).getHostAddress() : dnsNames.get(0);
        return first.length() <= COMMON_NAME_LIMIT ? first : first.substring(0, COMMON_NAME_LIMIT);
    }

    private static Set<String> lowerCase(List<String> names) {
        Set<String> lower = new TreeSet<>();
        names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        return lower;
    }

    private static Set<String> text(List<InetAddress> addresses) {
        Set<String> text = new TreeSet<>();
        addresses.forEach(address -> text.add(address.getHostAddress()));
        return text;
    }
}
