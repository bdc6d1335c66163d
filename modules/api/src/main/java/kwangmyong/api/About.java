package kwangmyong.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a member of a request's body is for, and its limits: both checked and described. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface About {
    /** For people. */
    String value();

    /** Characters of a text, items of a list, or the largest number. */
    int max() default 200;

    /** The smallest number. */
    int min() default 0;

    /** The only ones, where there are few. */
    String[] words() default {};
}
