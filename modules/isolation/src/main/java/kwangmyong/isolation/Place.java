package kwangmyong.isolation;

/** Where a program runs. */
public sealed interface Place {
    /** The machine's name there; no two places share one. */
    String host();

    /**
     * A terminal.
     *
     * @param name its subject's
     */
    record At(String name) implements Place {
        @Override
        public String host() {
            return name;
        }
    }

    /** The two that are nobody's. */
    enum Common implements Place {
        /** Beside the lab's services, in their network. */
        PROVIDER,
        /** Outside, beside the world's sites. */
        WORLD;

        /** With a sign that is in no subject's name. */
        @Override
        public String host() {
            return "kwm." + name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
