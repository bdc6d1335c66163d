/**
 * Finds what is wrong with zones that load, and says why it matters. Pure: it sees records with their files and lines and knows no socket, clock or
 * policy.
 */
@org.jspecify.annotations.NullMarked
package kwangmyong.dns.check;
