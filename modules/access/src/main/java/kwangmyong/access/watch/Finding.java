package kwangmyong.access.watch;

import kwangmyong.access.api.Watch.Sign;

/** Something that counts. */
record Finding(Kind kind, Sign sign) {}
