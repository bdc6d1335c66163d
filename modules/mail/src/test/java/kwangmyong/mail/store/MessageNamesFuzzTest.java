package kwangmyong.mail.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import kwangmyong.testkit.SeededFuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fuzz")
final class MessageNamesFuzzTest {
    @Test
    void anyAddressIsOneFolderAndAnyFileHasAnIdThatPop3CanSay() {
        SeededFuzz.ofTexts(20_000, "academic@silibank.net.kp", "../../etc/passwd@a", "김책@b.kp", "1.M0Q1R2.h,S=9:2,S")
                .tryAll(StandardCharsets.UTF_8, text -> {
                    assertThat(MessageNames.directory(text))
                            .hasSizeLessThan(256)
                            .doesNotContain("/")
                            .doesNotStartWith(".");
                    assertThat(MessageNames.uid(text)).matches("[!-~]{1,70}");
                });
    }
}
