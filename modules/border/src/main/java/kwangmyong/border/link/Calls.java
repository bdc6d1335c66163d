package kwangmyong.border.link;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import kwangmyong.net.machine.CLibrary;

/** The C library's calls that Java has none for, with Linux's constants. Addresses are plain numbers: nothing is copied or allocated. */
final class Calls {
    static final int AF_INET = 2;
    static final int AF_PACKET = 17;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_RAW = 3;
    static final int SOCK_NONBLOCK = 0x800;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SOL_SOCKET = 1;
    static final int SO_ATTACH_FILTER = 26;
    static final int SOL_PACKET = 263;
    static final int PACKET_RX_RING = 5;
    static final int PACKET_STATISTICS = 6;
    static final int PACKET_VERSION = 10;
    static final int PACKET_QDISC_BYPASS = 20;
    static final int PACKET_IGNORE_OUTGOING = 23;
    static final int TPACKET_V2 = 1;
    static final int ETH_P_ALL = 3;
    static final int O_RDONLY = 0;
    static final int O_CLOEXEC = 0x80000;
    static final int CLONE_NEWNET = 0x40000000;
    static final int EFD_NONBLOCK = 0x800;
    static final int EFD_CLOEXEC = 0x80000;
    static final int PROT_READ_WRITE = 3;
    static final int MAP_SHARED = 1;
    static final int POLLIN = 1;
    static final int POLLERR = 8;
    static final int SO_ERROR = 4;
    static final int SIOCETHTOOL = 0x8946;
    static final int NS_GET_USERNS = 0xb701;

    static final int EINTR = 4;

    /** Whether this is a machine whose structures are as they are laid out here, and the calls are there. */
    static final boolean AVAILABLE = CLibrary.binds(Calls.class);

    private Calls() {}

    /** @throws IOException when a call failed, with its error's number (errno(3)) */
    static int check(String call, int result) throws IOException {
        if (result < 0) {
            throw new IOException(call + " failed with error " + Native.getLastError());
        }
        return result;
    }

    static long address(Memory memory) {
        return Pointer.nativeValue(memory);
    }

    static native int socket(int family, int type, int protocol);

    static native int bind(int socket, long address, int length);

    static native int setsockopt(int socket, int level, int option, long value, int length);

    static native int getsockopt(int socket, int level, int option, long value, long length);

    static native int sendmmsg(int socket, long messages, int count, int flags);

    static native int ioctl(int file, long request, long argument);

    static native long mmap(long address, long length, int protection, int flags, int file, long offset);

    static native int munmap(long address, long length);

    static native int ppoll(long files, long count, long timeout, long signals);

    static native int eventfd(int first, int flags);

    static native long read(int file, long to, long length);

    static native long write(int file, long from, long length);

    static native int open(String path, int flags);

    static native int setns(int file, int kind);

    static native int if_nametoindex(String name);

    static native int close(int file);
}
