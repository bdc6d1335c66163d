package kwangmyong.net.datagram;

import kwangmyong.net.machine.CLibrary;

/** The C library's calls that Java has none for, with Linux's constants. Addresses are plain numbers: nothing is copied or allocated. */
final class Calls {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SOL_SOCKET = 1;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    static final int SO_REUSEPORT = 15;
    static final int SO_RCVTIMEO = 20;
    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_V6ONLY = 26;
    static final int SHUT_RDWR = 2;
    static final int MSG_DONTWAIT = 0x40;
    /** Return as soon as there is one datagram, with all that are there. */
    static final int MSG_WAITFORONE = 0x10000;

    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int ENOMEM = 12;
    static final int ENOBUFS = 105;

    /** Whether this is a machine whose structures are as {@link DatagramBatch} lays them out, and the calls are there. */
    static final boolean AVAILABLE = CLibrary.binds(Calls.class);

    private Calls() {}

    /** Whether an error says no more than that it did not work this time. */
    static boolean passes(int error) {
        return error == EINTR || error == EAGAIN || error == ENOMEM || error == ENOBUFS;
    }

    static native int socket(int family, int type, int protocol);

    static native int setsockopt(int socket, int level, int option, long value, int length);

    static native int bind(int socket, long address, int length);

    static native int recvmmsg(int socket, long messages, int count, int flags, long timeout);

    static native int sendmmsg(int socket, long messages, int count, int flags);

    static native int shutdown(int socket, int how);

    static native int close(int socket);
}
