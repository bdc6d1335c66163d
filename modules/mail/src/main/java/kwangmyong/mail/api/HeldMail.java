package kwangmyong.mail.api;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Mail that was taken and not delivered, since the rules say of its recipient that it is held: an operator lets it through or refuses it. Calls read
 * and write files and may block; never make them on an event loop.
 */
public interface HeldMail {
    /** No mail is held: a lab without mail. */
    HeldMail NONE = new HeldMail() {
        @Override
        public List<HeldMessage> held() {
            return List.of();
        }

        @Override
        public Optional<HeldHeaders> headers(String id) {
            return Optional.empty();
        }

        @Override
        public Optional<HeldMessage> release(String id, String by) {
            return Optional.empty();
        }

        @Override
        public Optional<HeldMessage> refuse(String id, String by) {
            return Optional.empty();
        }
    };

    /** What is held now, in the order that it came. A message for several is held once for each. */
    List<HeldMessage> held() throws IOException;

    /** The header of one; empty when there is none of that id. */
    Optional<HeldHeaders> headers(String id) throws IOException;

    /**
     * Delivers one; on disk and in the journal when it returns.
     *
     * @param by the operator
     * @return as it was held; empty when there is none of that id
     * @throws IOException when the mailbox is full as well
     */
    Optional<HeldMessage> release(String id, String by) throws IOException;

    /** Deletes one, of which nobody is told; empty when there is none of that id. */
    Optional<HeldMessage> refuse(String id, String by) throws IOException;
}
