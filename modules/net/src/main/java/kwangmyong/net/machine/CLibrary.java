package kwangmyong.net.machine;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.ByteOrder;

/** The C library of the machine, for classes that declare its functions as native methods. */
public final class CLibrary {
    private CLibrary() {}

    /**
     * Binds the native methods of a class to the functions of their names.
     *
     * @return false where structures are not laid out as on 64-bit little-endian Linux, or a function is missing: then none may be called
     */
    public static boolean binds(Class<?> calls) {
        try {
            if (!Platform.isLinux()
                    || Native.POINTER_SIZE != Long.BYTES
                    || ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
                return false;
            }
            Native.register(calls, Platform.C_LIBRARY_NAME);
            return true;
        } catch (LinkageError | RuntimeException unusable) {
            return false; // such as a temporary folder that may hold no programs
        }
    }
}
