package kwangmyong.mail.pop3;

import kwangmyong.mail.wire.Sasl;

/**
 * What one POP3 listener offers and demands.
 *
 * @param plaintextLogIn whether a password is taken without TLS
 */
public record Pop3Terms(String host, boolean plaintextLogIn, int badCommands, int logInAttempts) {
    /** The lines of CAPA (RFC 2449 §6). */
    String capabilities(boolean secure, boolean loggedIn) {
        StringBuilder lines =
                new StringBuilder("TOP\r\nUIDL\r\nRESP-CODES\r\nAUTH-RESP-CODE\r\nPIPELINING\r\nEXPIRE NEVER\r\n");
        if (!loggedIn && (secure || plaintextLogIn)) {
            lines.append("USER\r\nSASL ").append(Sasl.MECHANISMS).append("\r\n");
        }
        if (!loggedIn && !secure) {
            lines.append("STLS\r\n");
        }
        return lines.append("IMPLEMENTATION Kwangmyong-Lab\r\n").toString();
    }
}
