package kwangmyong.console.forward;

import java.io.ByteArrayOutputStream;

/**
 * Octets that wait to be written, in one piece, however they came: a client that sends them one by one, or none at all in a message, takes no more
 * room by it. Whoever puts them in sees to it that they are not too many.
 */
final class Waiting {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private boolean isOver;

    /** What comes after the end is left out. */
    synchronized void put(byte[] from, int offset, int length) {
        if (!isOver) {
            octets.write(from, offset, length);
            notifyAll();
        }
    }

    /** Nothing more comes. */
    synchronized void end() {
        isOver = true;
        notifyAll();
    }

    /** All that wait, once there are any; empty at the end. */
    synchronized byte[] take() throws InterruptedException {
        while (octets.size() == 0 && !isOver) {
            wait();
        }
        byte[] all = octets.toByteArray();
        octets.reset();
        return all;
    }
}
