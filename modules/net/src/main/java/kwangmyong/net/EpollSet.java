package kwangmyong.net;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sockets that an event loop waits for, as Netty's epoll handler keeps them, except that one which waited for nothing can come back.
 *
 * <p>Netty's handler, since its change 16689 of April 2026 (seen in 4.2.17, 4.2.18 and 4.2.20), takes a socket with an empty interest out of the
 * kernel's set, and later changes its interest there as if it still were in: {@code epoll_ctl} says ENOENT, and what was to be written or read is
 * lost. It meets every peer that has ended its direction, where it takes a long answer slowly or where reading had been paused. Here such a
 * socket leaves the handler, and is registered anew when it waits for something again: as many system calls, and nothing that the handler does not know.
 */
final class EpollSet implements IoHandler {
    private final IoHandler sockets;
    /** Those that wait for nothing now. The handler does not know them, so the end of the loop has to close them here. */
    private final Set<IoHandle> away = ConcurrentHashMap.newKeySet();

    private EpollSet(IoHandler sockets) {
        this.sockets = sockets;
    }

    static IoHandlerFactory newFactory() {
        IoHandlerFactory epoll = EpollIoHandler.newFactory();
        return executor -> new EpollSet(epoll.newHandler(executor));
    }

    @Override
    public void initialize() {
        sockets.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        return sockets.run(context);
    }

    @Override
    public void prepareToDestroy() {
        away.forEach(EpollSet::close);
        sockets.prepareToDestroy();
    }

    private static void close(IoHandle handle) {
        try {
            handle.close();
        } catch (Exception failed) {
            throw new IllegalStateException("a socket cannot be closed", failed);
        }
    }

    @Override
    public void destroy() {
        sockets.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return new Place(handle);
    }

    @Override
    public void wakeup() {
        sockets.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return sockets.isCompatible(handleType);
    }

    /** A socket's place in the set. Its interest changes on the event loop only; any thread may give it up. */
    private final class Place implements IoRegistration {
        private final IoHandle handle;
        private IoRegistration inside;
        private boolean isAway;
        private boolean isGivenUp;

        Place(IoHandle handle) throws Exception {
            this.handle = handle;
            this.inside = sockets.register(handle);
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // as Netty declares it
        public synchronized <T> T attachment() {
            return inside.attachment();
        }

        @Override
        public synchronized long submit(IoOps interest) {
            if (isGivenUp) {
                return -1;
            }
            if (interest.equals(EpollIoOps.NONE)) {
                return leave();
            }
            if (isAway) {
                comeBack();
            }
            return inside.submit(interest);
        }

        private long leave() {
            if (!isAway) {
                inside.cancel();
                away.add(handle);
                isAway = true;
            }
            return 0;
        }

        private void comeBack() {
            try {
                inside = sockets.register(handle);
            } catch (Exception failed) {
                throw new IllegalStateException("a socket cannot be waited for again", failed);
            }
            away.remove(handle);
            isAway = false;
        }

        @Override
        public synchronized boolean isValid() {
            return !isGivenUp;
        }

        @Override
        public synchronized boolean cancel() {
            if (isGivenUp) {
                return false;
            }
            isGivenUp = true;
            if (isAway) {
                away.remove(handle);
            } else {
                inside.cancel();
            }
            return true;
        }
    }
}
