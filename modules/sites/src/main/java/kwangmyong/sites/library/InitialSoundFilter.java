package kwangmyong.sites.library;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Brings the two spellings of Korean together: at the head of a word the North writes ㄹ and ㄴ (력사, 로동, 녀성) where the South writes ㅇ or ㄴ
 * (역사, 노동, 여성). Words are indexed and sought in the South's spelling, whichever way they were typed.
 */
final class InitialSoundFilter extends TokenFilter {
    // A Hangul syllable is 0xAC00 + (lead * 21 + vowel) * 28 + tail, Unicode §3.12.
    private static final int FIRST_SYLLABLE = 0xAC00;
    private static final int LAST_SYLLABLE = 0xD7A3;
    private static final int TAILS = 28;
    private static final int PER_LEAD = 21 * TAILS;
    private static final int NIEUN = 2;
    private static final int RIEUL = 5;
    private static final int IEUNG = 11;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

    InitialSoundFilter(TokenStream input) {
        super(input);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!input.incrementToken()) {
            return false;
        }
        if (term.length() > 1) {
            term.buffer()[0] = southern(term.buffer()[0]);
        }
        return true;
    }

    static char southern(char syllable) {
        if (syllable < FIRST_SYLLABLE || syllable > LAST_SYLLABLE) {
            return syllable;
        }
        int offset = syllable - FIRST_SYLLABLE;
        int lead = offset / PER_LEAD;
        if (lead != RIEUL && lead != NIEUN) {
            return syllable;
        }
        int newLead = isPalatal(offset % PER_LEAD / TAILS) ? IEUNG : NIEUN;
        return (char) (FIRST_SYLLABLE + newLead * PER_LEAD + offset % PER_LEAD);
    }

    /** ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ. */
    private static boolean isPalatal(int vowel) {
        return switch (vowel) {
            case 2, 3, 6, 7, 12, 17, 20 -> true;
            default -> false;
        };
    }
}
