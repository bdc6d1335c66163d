package kwangmyong.dns.message;

/** The sections of a response that hold records. */
public enum Section {
    ANSWER(6),
    AUTHORITY(8),
    ADDITIONAL(10);

    private final int countAt;

    Section(int countAt) {
        this.countAt = countAt;
    }

    /** Where the header counts the section's records. */
    int countAt() {
        return countAt;
    }
}
