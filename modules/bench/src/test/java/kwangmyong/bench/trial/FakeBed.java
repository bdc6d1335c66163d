package kwangmyong.bench.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.bench.bed.Bed;
import kwangmyong.bench.bed.Place;
import kwangmyong.bench.bed.Program;
import kwangmyong.bench.recipe.Condition;
import kwangmyong.bench.recipe.Tool;

/** Places that are folders, where real shells find a dig and a curl that know one host. */
final class FakeBed implements Bed {
    private static final String DIG = """
            #!/bin/bash
            printf ';; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1\\n'
            [ "${!#}" = AAAA ] || printf 'dailynk.com.\\t60\\tIN\\tA\\t192.0.2.10\\n'
            printf ';; SERVER: 10.76.0.1#53(10.76.0.1) (UDP)\\n'
            """;
    private static final String CURL = """
            #!/bin/bash
            while [ $# -gt 1 ]; do
                case $1 in -o) body=$2; shift ;; -D) headers=$2; shift ;; esac
                shift
            done
            case $WHAT-$1 in
                refused-*) printf '{"exitcode":7,"errormsg":"Failed to connect: Connection refused"}'; exit 7 ;;
                garbled-*) printf '{"exitcode":0,"errormsg":"\\\\'; exit 0 ;;
                page-*) printf '<title>Not here</title>' >"$body" ;;
                *-*/token/*) cat "$TOKENS/${1##*/}" >"$body" ;;
                *) printf '<title>The front page</title>' >"$body" ;;
            esac
            printf 'HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n\\r\\n' >"$headers"
            printf '{"exitcode":0,"errormsg":null,"response_code":200,"remote_ip":"192.0.2.10","remote_port":443,"size_download":%d,' "$(wc -c <"$body")"
            printf '"time_connect":0.01,"time_appconnect":0.02,"time_starttransfer":0.03,"time_total":0.04}'
            """;

    final List<String> done = new ArrayList<>();
    private final Path folder;
    private final String what;
    private final Path programs;
    private final Path tokens;
    Optional<String> missing = Optional.empty();
    /** As what, of a fetch in the world. */
    String inTheWorld = "all";
    /** A command at which this lab fails. */
    String broken = "";

    List<String> leaks = List.of();

    /** @param what a fetch at the terminal brings: {@code all}, {@code page} for nothing but a page, {@code refused} */
    FakeBed(Path folder, String what) throws IOException {
        this.folder = folder;
        this.what = what;
        this.programs = Files.createDirectories(folder.resolve("bin"));
        this.tokens = Files.createDirectories(folder.resolve("tokens"));
        for (Map.Entry<String, String> program :
                Map.of("dig", DIG, "curl", CURL).entrySet()) {
            Path file = Files.writeString(programs.resolve(program.getKey()), program.getValue());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Override
    public Map<String, String> told() {
        return Map.of("SUBJECT", "academic", "RESOLVER", "10.76.0.1", "GATEWAY", "10.76.0.1:3128");
    }

    @Override
    public Optional<String> missing(Tool.Need need) {
        return missing;
    }

    @Override
    public void reset(long seed) {
        done.add("reset");
    }

    @Override
    public void command(String line) throws IOException {
        if (line.equals(broken)) {
            throw new IOException("nobody is there");
        }
        done.add(line);
    }

    @Override
    public void condition(Condition condition) {
        done.add("condition " + condition.name());
    }

    @Override
    public boolean hasConditions() {
        return false;
    }

    @Override
    public Path seen(Place place, Path path) {
        return folder.resolve(place.name()).resolve(Path.of("/").relativize(path));
    }

    @Override
    public List<String> sockets(Place place, String table) {
        return List.of();
    }

    @Override
    public Process start(Program program) throws IOException {
        var builder = new ProcessBuilder(program.command())
                .directory(seen(program.place(), program.folder()).toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(program.log().toFile()));
        builder.environment().putAll(program.environment());
        builder.environment().put("PATH", programs + ":" + System.getenv("PATH"));
        builder.environment().put("WHAT", program.place() == Place.WORLD ? inTheWorld : what);
        builder.environment().put("TOKENS", tokens.toString());
        builder.environment()
                .put("PROBES", seen(Place.TERMINAL, Path.of("/tmp/kwm/probe")).toString());
        builder.environment()
                .put("SHARED", seen(program.place(), Path.of(Rig.SHARED)).toString());
        return builder.start();
    }

    @Override
    public void clear(Place place) {
        done.add("clear " + place);
    }

    @Override
    public void placeToken(String name, String token) throws IOException {
        Files.writeString(tokens.resolve(name), token);
    }

    @Override
    public void removeToken(String name) throws IOException {
        Files.delete(tokens.resolve(name));
    }

    @Override
    public Listening listen(String begun) {
        return new Listening() {
            @Override
            public List<JournalEntry> lines() {
                return List.of(new JournalEntry(
                        "{\"service\":\"dns\"}",
                        Map.of(
                                "service",
                                "dns",
                                "subject",
                                "academic",
                                "resource",
                                "dailynk.com A",
                                "verdict",
                                "deny")));
            }

            @Override
            public void close() {
                done.add("listened");
            }
        };
    }

    @Override
    public Capturing capture(Path file) {
        return () -> done.add("captured");
    }

    @Override
    public Watched watch(Path strays) {
        return new Watched(40, Map.of("packets refused, to what is no service", 2L), leaks);
    }
}
