package kwangmyong.lab.config;

import static org.assertj.core.api.Assertions.assertThat;

import kwangmyong.kernel.policy.NamePattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "*,               example.org, .example.org",
        ".org,            example.org, .example.org",
        "*.org,           example.org, .example.org",
        "org,             example.org, ''",
        "*.example.org,   example.org, *.example.org",
        ".example.org,    example.org, .example.org",
        "example.org,     example.org, example.org",
        "www.example.org, example.org, www.example.org",
        "www.*.org,       example.org, www.example.org",
        ".a.*.org,        example.org, .a.example.org",
        "www.*.com,       example.org, ''",
        ".example.com,    example.org, ''",
        "*.www.org,       example.org, ''",
        "*.com,           example.org, ''",
        "notexample.org,  example.org, ''",
    })
    void narrowsAPatternToAZone(String pattern, String zone, String narrowed) {
        assertThat(Names.within(new NamePattern(pattern), zone)
                        .map(NamePattern::text)
                        .orElse(""))
                .isEqualTo(narrowed);
    }
}
