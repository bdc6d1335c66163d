package kwangmyong.sites.library;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import kwangmyong.sites.text.Bilingual;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.store.NoLockFactory;

/** Where the records of a bibliography are looked up by their words: made once, kept on disk, opened from there afterwards. */
final class BookIndex implements AutoCloseable {
    static final String NUMBER = "number";
    static final String TITLE = "title";
    static final String AUTHOR = "author";
    static final String SUBJECT = "subject";
    static final String PUBLISHER = "publisher";
    static final String CLASS = "class";

    /** Whole: shelf mark, number and the authors' names, which the analyzer may split or take for particles. */
    static final String EXACT = "exact";

    static final String YEAR = "year";

    /** The subject's place among {@link Bibliography#subjects}, for counting. */
    static final String SUBJECT_ORDINAL = "ordinal";

    private static final double BUFFER_MEGABYTES = 8;

    private final Directory directory;
    private final DirectoryReader reader;

    private BookIndex(Directory directory, DirectoryReader reader) {
        this.directory = directory;
        this.reader = reader;
    }

    /**
     * Opens the index of {@code books} under {@code home}, making it first where there is none: a second or so for some thousands. A crash
     * in between leaves nothing that a later opening would take for an index, since Lucene commits last.
     *
     * @param unwanted asked now and then while the index is made; true ends it with {@link CancellationException}. (An interrupt would not
     *     do: one that comes while the analyzer's dictionary is loaded makes that class unusable for good.)
     */
    @SuppressWarnings("resource") // both are the index's, which closes them
    static BookIndex open(Path home, String name, Bibliography books, Analyzer analyzer, BooleanSupplier unwanted)
            throws IOException {
        Directory directory =
                new NIOFSDirectory(home.resolve(name + "-" + Bibliography.VERSION), NoLockFactory.INSTANCE);
        try {
            if (!DirectoryReader.indexExists(directory)) {
                write(directory, books, analyzer, unwanted);
            }
            return new BookIndex(directory, DirectoryReader.open(directory));
        } catch (IOException | RuntimeException unusable) {
            directory.close();
            throw unusable;
        }
    }

    private static void write(Directory directory, Bibliography books, Analyzer analyzer, BooleanSupplier unwanted)
            throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(analyzer)
                .setOpenMode(OpenMode.CREATE)
                .setCommitOnClose(false)
                .setMergeScheduler(new SerialMergeScheduler())
                .setRAMBufferSizeMB(BUFFER_MEGABYTES);
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (int number = 1; number <= books.size(); number++) {
                if (unwanted.getAsBoolean()) {
                    throw new CancellationException("the index is not wanted any more");
                }
                writer.addDocument(document(books, books.book(number)));
            }
            writer.forceMerge(1);
            writer.commit();
        }
    }

    private static Document document(Bibliography books, Book book) {
        Document document = new Document();
        document.add(new NumericDocValuesField(NUMBER, book.number()));
        document.add(new NumericDocValuesField(SUBJECT_ORDINAL, books.subjects().indexOf(book.subject())));
        document.add(new TextField(TITLE, book.title().korean(), Field.Store.NO));
        document.add(new TextField(TITLE, book.title().english(), Field.Store.NO));
        book.authors().forEach(author -> {
            document.add(new TextField(AUTHOR, author.korean(), Field.Store.NO));
            document.add(new TextField(AUTHOR, author.english(), Field.Store.NO));
            document.add(new StringField(EXACT, author.korean(), Field.Store.NO));
        });
        for (Bilingual words : List.of(book.subject().name(), book.topic())) {
            document.add(new TextField(SUBJECT, words.korean(), Field.Store.NO));
            document.add(new TextField(SUBJECT, words.english(), Field.Store.NO));
        }
        document.add(new TextField(PUBLISHER, book.publisher().korean(), Field.Store.NO));
        document.add(new TextField(PUBLISHER, book.publisher().english(), Field.Store.NO));
        document.add(new StringField(CLASS, book.subject().number(), Field.Store.NO));
        document.add(new StringField(EXACT, book.shelf(), Field.Store.NO));
        document.add(new StringField(EXACT, book.id(), Field.Store.NO));
        document.add(new IntField(YEAR, book.year(), Field.Store.NO));
        return document;
    }

    DirectoryReader reader() {
        return reader;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        directory.close();
    }
}
