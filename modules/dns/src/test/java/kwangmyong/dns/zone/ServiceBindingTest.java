package kwangmyong.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;

/** SVCB and HTTPS as written and on the wire: the test vectors of RFC 9460, appendix D, and parameters that those leave out. */
final class ServiceBindingTest {
    @TempDir
    Path folder;

    private final Faults faults = new Faults();

    private List<SourceRecord> read(String record) throws IOException {
        Path file = Files.writeString(folder.resolve("test.zone"), "x 60 IN " + record + "\n");
        List<SourceRecord> records = new ArrayList<>();
        new MasterFile(folder, faults, records::add).read(file, Name.fromConstantString("test."));
        return records;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "SVCB 0 foo.example.com.|000003666f6f076578616d706c6503636f6d00",
                "SVCB 1 .|000100",
                "SVCB 16 foo.example.com. port=53|001003666f6f076578616d706c6503636f6d00000300020035",
                "SVCB 1 foo.example.com. key667=hello|000103666f6f076578616d706c6503636f6d00029b000568656c6c6f",
                "SVCB 1 foo.example.com. key667=\"hello\\210qoo\""
                        + "|000103666f6f076578616d706c6503636f6d00029b000968656c6c6fd2716f6f",
                "SVCB 1 foo.example.com. ipv6hint=\"2001:db8::1,2001:db8::53:1\""
                        + "|000103666f6f076578616d706c6503636f6d0000060020"
                        + "20010db800000000000000000000000120010db8000000000000000000530001",
                "SVCB 1 example.com. ipv6hint=\"2001:db8:122:344::192.0.2.33\""
                        + "|0001076578616d706c6503636f6d000006001020010db80122034400000000c0000221",
                "SVCB 16 foo.example.org. alpn=h2,h3-19 mandatory=ipv4hint,alpn ipv4hint=192.0.2.1"
                        + "|001003666f6f076578616d706c65036f7267000000000400010004000100090268320568332d313900040004c0000201",
                "SVCB 16 foo.example.org. alpn=\"f\\\\\\\\oo\\\\,bar,h2\""
                        + "|001003666f6f076578616d706c65036f7267000001000c08665c6f6f2c626172026832",
                "SVCB 16 foo.example.org. alpn=f\\\\\\092oo\\092,bar,h2"
                        + "|001003666f6f076578616d706c65036f7267000001000c08665c6f6f2c626172026832",
                "HTTPS 1 . alpn=h2 no-default-alpn|0001000001000302683200020000",
                "HTTPS 1 . ech=AEn+DQBFKwAgACAB|00010000050" + "00c0049fe0d00452b0020002001",
                "HTTPS 1 . ech=\"AEn+DQBFKwAgACAB\" port=\"8443\"|0001000003000220fb0005000c0049fe0d00452b0020002001",
                "SVCB 1 . alpn=dot dohpath=/q{?dns} ohttp|0001000001000403646f74000700082f717b3f646e737d00080000",
                "SVCB 1 . key65500|000100ffdc0000",
            })
    void readsWhatIsWritten(String record, String wire) throws IOException {
        List<SourceRecord> records = read(record);
        assertThat(faults.list()).isEmpty();
        assertThat(HexFormat.of().formatHex(records.get(0).data())).isEqualTo(wire);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "SVCB 1 foo.example.com. key123=abc key123=def",
                "SVCB 1 foo.example.com. mandatory",
                "SVCB 1 foo.example.com. alpn",
                "SVCB 1 foo.example.com. port",
                "SVCB 1 foo.example.com. ipv4hint",
                "SVCB 1 foo.example.com. ipv6hint",
                "SVCB 1 foo.example.com. no-default-alpn=abc",
                "SVCB 1 foo.example.com. mandatory=key123",
                "SVCB 1 foo.example.com. mandatory=mandatory",
                "SVCB 1 foo.example.com. mandatory=key123,key123 key123=abc",
                "HTTPS 1 . port=70000",
                "HTTPS 1 . ipv4hint=1.2.3",
                "HTTPS 1 . alpn=\"\"",
                "HTTPS 1 . no-default-alpn",
                "HTTPS 1 . ech",
                "HTTPS 1 . ech=",
                "HTTPS 1 . ech=\"\"",
                "HTTPS 1 . ech=!!",
                "HTTPS 1 . key5=abc",
                "HTTPS 1 . key007=abc",
                "HTTPS 1 . key65536=a",
                "HTTPS 1",
                "HTTPS one ."
            })
    void refusesWhatNoClientWouldTake(String record) throws IOException {
        assertThat(read(record)).isEmpty();
        assertThat(faults.list())
                .singleElement()
                .satisfies(fault -> assertThat(fault.line()).isEqualTo(1));
    }

    @Test
    void saysWhatIsWrongWithAParameter() throws IOException {
        read("HTTPS 1 . key5=abc");
        assertThat(faults.list().get(0).message()).isEqualTo("HTTPS data: key5 has a name, and is to be written by it");
    }
}
