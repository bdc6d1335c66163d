package kwangmyong.access.api;

import java.util.Set;

/** What each operator may do, by the configuration in force. Any thread may ask. */
@FunctionalInterface
public interface OperatorScopes {
    /** Their scopes; none for somebody who is no operator. */
    Set<Scope> of(String operator);
}
