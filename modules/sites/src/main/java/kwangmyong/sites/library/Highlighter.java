package kwangmyong.sites.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/** Tells which parts of a text a query found. It yields pieces and no markup, so that a template escapes them as any text. */
final class Highlighter {
    private final Analyzer analyzer;
    private final Set<String> sought = new HashSet<>();

    Highlighter(Analyzer analyzer, CatalogueQuery query) {
        this.analyzer = analyzer;
        for (CatalogueQuery.Clause clause : query.clauses()) {
            if (!clause.excluded()) {
                words(clause.text()).forEach(word -> sought.add(word.term()));
            }
        }
    }

    /** A stretch of text, found or not. */
    record Piece(String text, boolean found) {}

    private record Word(String term, int from, int to) {}

    /** The whole text, in pieces. */
    List<Piece> pieces(String text) {
        List<Piece> pieces = new ArrayList<>();
        int done = 0;
        for (Word word : sought.isEmpty() ? List.<Word>of() : words(text)) {
            if (sought.contains(word.term()) && word.from() >= done) {
                if (word.from() > done) {
                    pieces.add(new Piece(text.substring(done, word.from()), false));
                }
                pieces.add(new Piece(text.substring(word.from(), word.to()), true));
                done = word.to();
            }
        }
        if (done < text.length()) {
            pieces.add(new Piece(text.substring(done), false));
        }
        return pieces;
    }

    private List<Word> words(String text) {
        List<Word> words = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream(BookIndex.TITLE, text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            OffsetAttribute offsets = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                words.add(new Word(term.toString(), offsets.startOffset(), offsets.endOffset()));
            }
            stream.end();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // a string is no file
        }
        return words;
    }
}
