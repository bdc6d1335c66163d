package kwangmyong.access.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import kwangmyong.access.api.JournalExport.Form;
import org.junit.jupiter.api.Test;

class JournalExportTest {
    @Test
    void writesCsvWithAHeaderAndQuotesWhatNeedsThem() throws IOException {
        String text = export(
                Form.CSV,
                new JournalEntry(
                        "{}", Map.of("seq", "1", "resource", "GET http://a/?b=\"1,2\"", "detail", "two\nlines")));
        assertThat(text.lines().findFirst())
                .contains("process,seq,time,id,prev,service,subject,terminal,attachment,action,resource,verdict,rule,"
                        + "reason,code,needed,held,presentation,policy,detail,count,elapsed_us");
        assertThat(text)
                .contains("lab,1,,,,,,,,,\"GET http://a/?b=\"\"1,2\"\"\",")
                .contains("\"two\nlines\"");
        assertThat(text).endsWith("\r\n");
    }

    @Test
    void leavesNoFormulaToASpreadsheet() throws IOException {
        assertThat(export(Form.CSV, new JournalEntry("{}", Map.of("resource", "=HYPERLINK(1)"))))
                .contains(",'=HYPERLINK(1),");
        assertThat(export(Form.CSV, new JournalEntry("{}", Map.of("detail", "@SUM(A1,2)"))))
                .contains(",\"'@SUM(A1,2)\",");
    }

    @Test
    void writesTheJournalsOwnLinesAndSaysWhoseTheyAreWhereTheLabDidNotWriteThem() throws IOException {
        assertThat(export(Form.JSON_LINES, new JournalEntry("{\"seq\":1}", Map.of("seq", "1"))))
                .isEqualTo("{\"seq\":1}\n");
        assertThat(export(Form.JSON_LINES, new JournalEntry("gateway", "{\"seq\":1}", Map.of("seq", "1"))))
                .isEqualTo("{\"process\":\"gateway\",\"seq\":1}\n");
    }

    private static String export(Form form, JournalEntry entry) throws IOException {
        var out = new StringBuilder();
        new JournalExport(form, out).write(entry);
        return out.toString();
    }
}
