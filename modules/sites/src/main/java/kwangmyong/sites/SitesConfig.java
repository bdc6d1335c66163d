package kwangmyong.sites;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import kwangmyong.kernel.place.Addresses;

/**
 * Which sites there are.
 *
 * @param seed the lab's: what is generated is a function of it
 * @param content the folder in which each site's content lies
 * @param sites no host is named by two of them
 */
public record SitesConfig(long seed, Path content, List<SiteConfig> sites) {
    public SitesConfig {
        sites = List.copyOf(sites);
        Set<String> seen = new HashSet<>();
        for (SiteConfig site : sites) {
            for (String host : site.hosts()) {
                if (!seen.add(host)) {
                    throw new IllegalArgumentException("host: '" + host + "' belongs to two sites");
                }
            }
        }
    }

    /** Those of the lab's own network. */
    public SitesConfig inside() {
        return new SitesConfig(
                seed, content, sites.stream().filter(site -> !site.isWorld()).toList());
    }

    /** Those outside. */
    public SitesConfig world() {
        return new SitesConfig(
                seed, content, sites.stream().filter(SiteConfig::isWorld).toList());
    }

    /** What a site is. */
    public enum Kind {
        /** A library catalogue of generated records. */
        LIBRARY,
        /** Articles, an archive by day and feeds. */
        NEWS,
        /** Written pages. */
        PAGES,
        /** A telephone directory of generated entries. */
        DIRECTORY,
        /** Files that operators drop into the folder of its name, as they are. */
        DROP,
        /** Written pages outside: marked as simulated, open to whoever comes, certified by the world's authority. */
        WORLD
    }

    /**
     * One site.
     *
     * @param hosts at least one, the first being the site's own name; {@code *.name} answers for everything below {@code name}; a numeric
     *     address is a name too. Lower case
     * @param address where it listens, ports 80 and 443; at least one lab address
     * @param title in English
     * @param korean the title in Korean; the English one when it is empty
     * @param content its folder below the lab's content folder, or below the file drop's; the first host's name when it is empty
     * @param records how many records a library or a directory has; 0 for what is usual
     * @param seed added to the lab's, so that two sites of a kind differ
     * @param theme the name of its colours: plum, river, pine, brick, slate, or indigo
     */
    public record SiteConfig(
            List<String> hosts,
            List<InetAddress> address,
            Kind kind,
            String title,
            String korean,
            String content,
            int records,
            long seed,
            String theme) {
        /** Records of a library that does not say how many. */
        public static final int USUAL_BOOKS = 3_000;

        /** Entries of a directory that does not say how many. */
        public static final int USUAL_ENTRIES = 400;

        public static final int MOST_RECORDS = 1_000_000;

        /** The names of colours. */
        public static final Set<String> THEMES = Set.of("plum", "river", "pine", "brick", "slate", "indigo");

        private static final Pattern DROPPED = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,100}");

        private static final Pattern HOST =
                Pattern.compile("(?:\\*\\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*");

        public SiteConfig {
            hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
            address = List.copyOf(address);
            require(!hosts.isEmpty(), "hosts: none (expected: at least one name)");
            for (String host : hosts) {
                require(
                        HOST.matcher(host).matches() || Addresses.isNumeric(host),
                        "hosts: '" + host + "' (expected: a name, *.name or an address)");
            }
            require(
                    !hosts.get(0).startsWith("*"),
                    "hosts: '" + hosts.get(0) + "' comes first (expected: the site's own name)");
            require(!address.isEmpty(), "address: none (expected: at least one)");
            require(!title.isBlank(), "title: empty (expected: what the site calls itself)");
            korean = korean.isBlank() ? title : korean;
            content = content.isBlank() ? hosts.get(0) : content;
            require(
                    kind != Kind.DROP || DROPPED.matcher(content).matches(),
                    "content: '" + content + "' (expected: the name of a folder in the file drop)");
            theme = theme.isBlank() ? "river" : theme;
            require(THEMES.contains(theme), "theme: '" + theme + "' (expected: one of " + THEMES + ")");
            require(
                    records >= 0 && records <= MOST_RECORDS,
                    "records: " + records + " (expected: 0-" + MOST_RECORDS + ")");
            int usual = kind == Kind.LIBRARY ? USUAL_BOOKS : USUAL_ENTRIES;
            records = records == 0 ? usual : records;
        }

        private static void require(boolean holds, String otherwise) {
            if (!holds) {
                throw new IllegalArgumentException(otherwise);
            }
        }

        /** The site's own name. */
        public String host() {
            return hosts.get(0);
        }

        boolean isWorld() {
            return kind == Kind.WORLD;
        }
    }
}
