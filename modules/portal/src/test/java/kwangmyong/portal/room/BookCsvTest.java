package kwangmyong.portal.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BookCsvTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "resident|resident",
                "=1+1|'=1+1",
                "@sum|'@sum",
                "-2|'-2",
                "a,b|\"a,b\"",
                "say \"so\"|\"say \"\"so\"\"\""
            })
    void aFieldIsTextForEverySpreadsheet(String text, String field) {
        assertThat(BookCsv.field(text)).isEqualTo(field);
    }
}
