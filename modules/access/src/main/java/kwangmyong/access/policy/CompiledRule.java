package kwangmyong.access.policy;

/**
 * A rule under one of its names.
 *
 * @param rank as {@link Rank} says
 */
record CompiledRule(long rank, String id, Terms terms) {}
