package kwangmyong.bench.recipe;

/** A recipe, or the lab, failed where the regime has no say; the message says what. */
public final class RecipeException extends Exception {
    private static final long serialVersionUID = 1L;

    public RecipeException(String message) {
        super(message);
    }

    public RecipeException(String message, Throwable cause) {
        super(message, cause);
    }
}
