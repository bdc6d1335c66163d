package kwangmyong.access.api;

import java.util.Set;

/** What each operator may do, by the configuration in force. Any thread may ask. */
@FunctionalInterface
public interface OperatorScopes {
    /** Their scopes; none for somebody who is no operator. */
    Set<Scope> of(String operator);

    /** Whether somebody of that name is an operator, whatever they may do. */
    default boolean isOperator(String name) {
        return !of(name).isEmpty();
    }
}
