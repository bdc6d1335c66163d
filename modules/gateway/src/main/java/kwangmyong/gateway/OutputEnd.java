package kwangmyong.gateway;

/** Written to a channel that is no socket to say that nothing more will be written. */
enum OutputEnd {
    HERE
}
